import type { Context } from "../../context.ts";
import { idempotencyKey } from "../../idempotency/index.ts";
import { createTask, etagOf, newTask, type Task } from "../../tasks/index.ts";
import { answer, createHeaders, problems, task as taskSchema } from "../schemas.ts";
import type { TypedApp } from "./typed-app.ts";

/** Stored with each idempotency key. It stays the same even if the address changes. */
const route = "POST /v1/tasks";

export function createRoute(app: TypedApp, context: Context): void {
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
      const { task, headers, replayed } = await createTask(context, request.caller, {
        fields: request.body,
        idempotencyKey: idempotencyKey((header) => request.headers[header]),
        route,
        headersOf,
      });
      if (replayed) reply.header("idempotency-replayed", "true");
      return reply.code(201).headers(headers).type("application/json").send(JSON.stringify(task));
    },
  );
}

const headersOf = ({ id, version }: Task) => ({ etag: etagOf(version), location: `/v1/tasks/${id}` });
