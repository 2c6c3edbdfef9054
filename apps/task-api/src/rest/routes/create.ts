import type { Context } from "../../context.ts";
import { withTransaction } from "../../db/index.ts";
import {
  canonicalHash,
  idempotencyKey,
  type StoredAnswer,
  withIdempotency,
} from "../../idempotency/index.ts";
import { createTask, type Task, toJson } from "../../tasks/index.ts";
import { etagOf } from "../preconditions.ts";
import { answer, createHeaders, newTask, problems, task as taskSchema } from "../schemas.ts";
import type { TypedApp } from "./typed-app.ts";

/** Names the route among idempotency keys; kept when the address changes. */
const route = "POST /v1/tasks";

export function createRoute(app: TypedApp, { database, taskEvents }: Context): void {
  app.post(
    "/v1/tasks",
    {
      config: { scope: "tasks:write" },
      schema: {
        operationId: "createTask",
        summary: "Create a task",
        headers: createHeaders,
        body: newTask,
        response: {
          201: answer("The new task; ETag holds its version.", taskSchema),
          ...problems(409, 413, 415, 422),
        },
      },
    },
    async (request, reply) => {
      const { userId } = request.caller;
      const fields = { title: request.body.title, description: request.body.description ?? "" };
      const key = idempotencyKey(request.headers);
      let created: Task | undefined;
      const done = await withTransaction(database.primary, (transaction) => {
        const work = async (): Promise<StoredAnswer> => {
          created = await createTask(transaction, userId, fields);
          return toAnswer(created);
        };
        if (key === undefined) return work().then((fresh) => ({ ...fresh, replayed: false }));
        return withIdempotency(transaction, { userId, route, key, hash: canonicalHash(fields) }, work);
      });
      // Told after the commit: what was rolled back did not happen.
      if (created !== undefined) taskEvents.created(created);
      if (done.replayed) reply.header("idempotency-replayed", "true");
      // Only successes are kept, and this route has one.
      return reply.code(201).headers(done.headers).type("application/json").send(done.body);
    },
  );
}

function toAnswer(task: Task): StoredAnswer {
  return {
    status: 201,
    headers: { etag: etagOf(task.version), location: `/v1/tasks/${task.id}` },
    body: JSON.stringify(toJson(task)),
  };
}
