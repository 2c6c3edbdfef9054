import type { Context } from "../../context.ts";
import { idempotencyKey } from "../../idempotency/index.ts";
import { createTask, etagOf, locationOf, newTask } from "../../tasks/index.ts";
import { answer, createHeaders, problems, task as taskSchema } from "../schemas.ts";
import type { TypedApp } from "./typed-app.ts";

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
      const { task, replayed } = await createTask(context, request.caller, {
        fields: request.body,
        idempotencyKey: idempotencyKey((header) => request.headers[header]),
      });
      if (replayed) reply.header("idempotency-replayed", "true");
      reply.header("etag", etagOf(task.version)).header("location", locationOf(task.id));
      return reply.code(201).type("application/json").send(JSON.stringify(task));
    },
  );
}
