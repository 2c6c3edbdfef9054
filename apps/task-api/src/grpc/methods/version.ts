import { seenVersion } from "../rest/index.ts";
import { getTask } from "../tasks/index.ts";
import { textIn } from "./admission.ts";
import type { Call } from "./unary.ts";

/**
 * The version that a change is for: of the metadata `if-match`, which holds an etag of an earlier answer, else the one
 * that is read now. What another caller changes after it makes the change fail: nothing is overwritten unseen.
 *
 * @throws Problem `task-not-found`, `invalid-if-match`.
 */
export async function versionFor({ caller, context, metadata }: Call<unknown>, id: string): Promise<number> {
  if (metadata.get("if-match").length > 0) return seenVersion(textIn(metadata, "if-match") ?? "");
  return (await getTask(context.database.pool, caller.userId, id)).version;
}
