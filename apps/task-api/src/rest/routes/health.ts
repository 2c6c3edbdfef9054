import { restApi } from "@task-platform/contracts";
import { answer, health } from "../schemas.ts";
import type { TypedApp } from "./typed-app.ts";

/**
 * Says whether this process answers, for checks from outside the platform, which send no token. It uses no back end,
 * because anyone may call it at any rate, and this must not become load on the database.
 */
export function healthRoute(app: TypedApp): void {
  app.get(
    restApi.healthPath,
    {
      config: { public: true, rateLimit: false },
      schema: {
        operationId: "getHealth",
        summary: "Whether the API answers",
        security: [],
        response: { 200: answer("The API answers.", health) },
      },
    },
    (_request, reply) => reply.send({ status: "ok" as const }),
  );
}
