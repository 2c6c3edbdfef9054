import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";

/**
 * Collects the schemas of the routes into an OpenAPI 3.1 document. `openapi.json` is the published copy, and a test compares
 * the two.
 */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    // The group of an operation is the part of its address after the version: tasks, health.
    transform: ({ schema, url }) => ({ schema: { ...schema, tags: [url.split("/")[2] ?? ""] }, url }),
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Task API",
        version: "1.0.0",
        description:
          "Tasks of the caller. Every change is published as an event, in the order of the user's changes.",
      },
      components: {
        securitySchemes: { accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      },
      security: [{ accessToken: [] }],
    },
  });
}
