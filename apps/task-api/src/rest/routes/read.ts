import { database } from "@task-platform/contracts";
import type { Context } from "../../context.ts";
import {
  etagOf,
  getTask,
  listActivity,
  listQuery,
  listTasks,
  taskParameters,
  toJson,
} from "../../tasks/index.ts";
import { activityList, answer, empty, problems, taskList, task as taskSchema } from "../schemas.ts";
import { alreadySeen } from "./if-none-match.ts";
import type { TypedApp } from "./typed-app.ts";

export function readRoutes(app: TypedApp, context: Context): void {
  listRoute(app, context);
  activityRoute(app, context);
  getRoute(app, context);
}

function getRoute(app: TypedApp, context: Context): void {
  app.get(
    "/v1/tasks/:id",
    {
      config: { scope: "tasks:read" },
      schema: {
        operationId: "getTask",
        summary: "Get a task as it is now",
        params: taskParameters,
        response: {
          200: answer("The task; ETag holds its version.", taskSchema),
          304: empty("The version in If-None-Match is the current one."),
          ...problems(404),
        },
      },
    },
    async (request, reply) => {
      const task = await getTask(context, request.caller, request.params.id);
      reply.header("etag", etagOf(task.version));
      if (alreadySeen(request.headers["if-none-match"], task.version)) return reply.code(304).send();
      return reply.send(toJson(task));
    },
  );
}

function listRoute(app: TypedApp, context: Context): void {
  app.get(
    "/v1/tasks",
    {
      config: { scope: "tasks:read" },
      schema: {
        operationId: "listTasks",
        summary: "List tasks, newest first; the newest changes may be missing for a moment",
        querystring: listQuery,
        response: { 200: answer("A page of tasks.", taskList), ...problems() },
      },
    },
    async (request, reply) => {
      const { tasks, nextPageToken = null } = await listTasks(context, request.caller, request.query);
      return reply
        .type("application/json")
        .send(`{"tasks":${tasks},"next_page_token":${JSON.stringify(nextPageToken)}}`);
    },
  );
}

function activityRoute(app: TypedApp, context: Context): void {
  app.get(
    "/v1/tasks/:id/activity",
    {
      config: { scope: "tasks:read" },
      schema: {
        operationId: "listTaskActivity",
        summary: `List the processed events of a task of the last ${database.activity.keptDays} days, newest first; the newest may be missing`,
        params: taskParameters,
        response: { 200: answer("The newest entries.", activityList), ...problems(404) },
      },
    },
    async (request, reply) => {
      const entries = await listActivity(context, request.caller, request.params.id);
      return reply.send({
        activity: entries.map((entry) => ({
          event_id: entry.eventId,
          event_type: entry.eventType,
          occurred_at: entry.occurredAt.toISOString(),
          processed_at: entry.processedAt.toISOString(),
        })),
      });
    },
  );
}
