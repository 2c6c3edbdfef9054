import { database } from "@task-platform/contracts";
import type { Context } from "../../context.ts";
import { listStatistics, statisticsQuery } from "../../statistics/index.ts";
import { answer, problems, statisticsList } from "../schemas.ts";
import type { TypedApp } from "./typed-app.ts";

export function statisticsRoute(app: TypedApp, context: Context): void {
  app.get(
    "/v1/statistics",
    {
      config: { scope: "tasks:read" },
      schema: {
        operationId: "listStatistics",
        summary: `Count your created and completed tasks by day, for the last ${database.statistics.keptDays} days; the newest changes may be missing`,
        querystring: statisticsQuery,
        response: { 200: answer("Every day of the query, oldest first.", statisticsList), ...problems() },
      },
    },
    async (request, reply) => {
      const days = await listStatistics(context, request.caller, request.query);
      return reply.send({
        statistics: days.map(({ day, created, completed, median, p95 }) => ({
          day,
          created,
          completed,
          median_seconds_to_complete: median,
          p95_seconds_to_complete: p95,
        })),
      });
    },
  );
}
