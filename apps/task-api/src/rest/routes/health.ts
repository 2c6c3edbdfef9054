import { restApi } from "@task-platform/contracts";
import { answer, health } from "../schemas.ts";
import type { TypedApp } from "./typed-app.ts";

/**
 * Whether this process answers, for checks from outside the platform, which bring no token. It asks no back end:
 * anyone may call it as often as they like, and a check from outside must not become load on the database.
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
        response: { 200: answer("It does.", health) },
      },
    },
    (_request, reply) => reply.send({ status: "ok" as const }),
  );
}
