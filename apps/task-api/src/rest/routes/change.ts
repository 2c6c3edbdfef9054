import type { Context } from "../../context.ts";
import { withTransaction } from "../../db/index.ts";
import { tellUpdate } from "../../events.ts";
import { deleteTask, toJson, updateTask } from "../../tasks/index.ts";
import { etagOf, seenVersion } from "../preconditions.ts";
import {
  answer,
  empty,
  ifMatchHeaders,
  problems,
  taskChanges,
  taskParameters,
  task as taskSchema,
} from "../schemas.ts";
import type { TypedApp } from "./typed-app.ts";

export function changeRoutes(app: TypedApp, context: Context): void {
  updateRoute(app, context);
  deleteRoute(app, context);
}

function updateRoute(app: TypedApp, { database, taskEvents }: Context): void {
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
      const updated = await withTransaction(database.primary, (transaction) =>
        updateTask(transaction, request.caller.userId, id, version, request.body),
      );
      tellUpdate(taskEvents, updated);
      const { task } = updated;
      return reply.header("etag", etagOf(task.version)).send(toJson(task));
    },
  );
}

function deleteRoute(app: TypedApp, { database, taskEvents }: Context): void {
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
      const { id } = request.params;
      const task = await withTransaction(database.primary, (transaction) =>
        deleteTask(transaction, request.caller.userId, id, version),
      );
      taskEvents.deleted(task);
      return reply.code(204).send();
    },
  );
}
