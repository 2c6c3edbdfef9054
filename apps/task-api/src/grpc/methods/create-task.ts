import {
  canonicalHash,
  idempotencyKey,
  keyHeaders,
  type StoredAnswer,
  withIdempotency,
} from "../idempotency/index.ts";
import { etagOf, newTask } from "../rest/index.ts";
import { createTask, type Task, type TaskJson, toJson } from "../tasks/index.ts";
import { type CreateTaskRequest, type TaskMessage, toTimestamp } from "./messages.ts";
import { narrow } from "./narrow.ts";
import { transact, type UnaryMethod } from "./unary.ts";

/** Names the method among idempotency keys; kept when the package gets another version. */
const route = "tasks.v1.TaskService/CreateTask";

/** CreateTask; the metadata `idempotency-key` makes a retry safe, as the header of REST does. */
export const createTaskMethod: UnaryMethod<CreateTaskRequest, TaskMessage> = {
  scope: "tasks:write",
  answer: async (call) => {
    const { request, caller, context, metadata } = call;
    const { title, description = "" } = narrow(newTask, {
      title: request.title,
      description: request.description,
    });
    const fields = { title, description };
    const key = idempotencyKey(
      Object.fromEntries(
        keyHeaders.flatMap((name) => {
          // Two values join with a comma, which no key may hold.
          const values = metadata.get(name);
          return values.length === 0 ? [] : [[name, values.join(",")]];
        }),
      ),
    );
    let created: Task | undefined;
    const done = await transact(call, async (transaction) => {
      const work = async (): Promise<StoredAnswer> => {
        created = await createTask(transaction, caller.userId, fields);
        return {
          status: 201,
          headers: { etag: etagOf(created.version) },
          body: JSON.stringify(toJson(created)),
        };
      };
      if (key === undefined) return { ...(await work()), replayed: false };
      const hash = canonicalHash(fields);
      return withIdempotency(transaction, { userId: caller.userId, route, key, hash }, work);
    });
    // Told after the commit: what was rolled back did not happen.
    if (created !== undefined) context.taskEvents.created(created);
    return {
      message: fromJson(JSON.parse(done.body) as TaskJson),
      headers: { ...done.headers, ...(done.replayed ? { "idempotency-replayed": "true" } : {}) },
    };
  },
};

/** The kept answer is JSON, as that of REST is. */
function fromJson({ version: _version, created_at, updated_at, ...task }: TaskJson): TaskMessage {
  const at = (text: string) => toTimestamp(new Date(text));
  return { ...task, created_at: at(created_at), updated_at: at(updated_at) };
}
