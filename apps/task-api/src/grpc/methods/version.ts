import { getTask, seenVersion } from "../../tasks/index.ts";
import { type Call, textIn } from "../calls/index.ts";

/**
 * The version at which a task may be changed: from the metadata `if-match`, which holds the etag of an earlier answer,
 * otherwise the current version. If another caller changes the task after this read, the change fails, so no change is
 * overwritten.
 *
 * @throws Problem `task-not-found`, `invalid-if-match`.
 */
export async function versionFor({ user, context, metadata }: Call<unknown>, id: string): Promise<number> {
  if (metadata.get("if-match").length > 0) return seenVersion(textIn(metadata, "if-match") ?? "");
  return (await getTask(context, user, id)).version;
}
