import { idempotencyKey } from "../../idempotency/index.ts";
import { createTask, etagOf, newTask } from "../../tasks/index.ts";
import { narrow, type UnaryMethod } from "../calls/index.ts";
import { type CreateTaskRequest, fromJson, type TaskMessage } from "../messages.ts";

/** CreateTask. The metadata `idempotency-key` makes a retry safe, like the header of REST. */
export const createTaskMethod: UnaryMethod<CreateTaskRequest, TaskMessage> = {
  scope: "tasks:write",
  answer: async ({ request: { title, description }, user, context, metadata }) => {
    const fields = narrow(newTask, { title, description });
    const { task, replayed } = await createTask(context, user, {
      fields,
      idempotencyKey: idempotencyKey((name) => {
        const values = metadata.get(name);
        // Join two values with a comma, which no key may contain.
        return values.length === 0 ? undefined : values.join(",");
      }),
    });
    return {
      message: fromJson(task),
      headers: { etag: etagOf(task.version), ...(replayed ? { "idempotency-replayed": "true" } : {}) },
    };
  },
};
