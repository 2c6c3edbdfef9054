import type { Context } from "../../context.ts";
import {
  deleteTask,
  etagOf,
  seenVersion,
  taskChanges,
  taskParameters,
  toJson,
  updateTask,
} from "../../tasks/index.ts";
import { answer, empty, ifMatchHeaders, problems, task as taskSchema } from "../schemas.ts";
import type { TypedApp } from "./typed-app.ts";

export function changeRoutes(app: TypedApp, context: Context): void {
  updateRoute(app, context);
  deleteRoute(app, context);
}

function updateRoute(app: TypedApp, context: Context): void {
  app.patch(
    "/v1/tasks/:id",
    {
      config: { scope: "tasks:write" },
      schema: {
        operationId: "updateTask",
        summary: "Change a task at the version that was read",
        headers: ifMatchHeaders,
        params: taskParameters,
        body: taskChanges,
        response: {
          200: answer("The task as it is now; ETag holds its version.", taskSchema),
          ...problems(404, 412, 413, 415, 428),
        },
      },
    },
    async (request, reply) => {
      const version = seenVersion(request.headers["if-match"]);
      const { id } = request.params;
      const task = await updateTask(context, request.caller, { id, version, changes: request.body });
      return reply.header("etag", etagOf(task.version)).send(toJson(task));
    },
  );
}

function deleteRoute(app: TypedApp, context: Context): void {
  app.delete(
    "/v1/tasks/:id",
    {
      config: { scope: "tasks:write" },
      schema: {
        operationId: "deleteTask",
        summary: "Delete a task at the version that was read",
        headers: ifMatchHeaders,
        params: taskParameters,
        response: {
          204: empty("The task is gone; its activity stays."),
          ...problems(404, 412, 428),
        },
      },
    },
    async (request, reply) => {
      const version = seenVersion(request.headers["if-match"]);
      await deleteTask(context, request.caller, { id: request.params.id, version });
      return reply.code(204).send();
    },
  );
}
