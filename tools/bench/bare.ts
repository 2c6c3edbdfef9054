import { probePaths } from "@task-platform/contracts";
import { fastify } from "fastify";

// What the creates are compared with: Fastify that checks a body of the same form and answers it, and nothing else.

const body = {
  type: "object",
  required: ["title"],
  additionalProperties: false,
  properties: { title: { type: "string", minLength: 1, maxLength: 200 }, description: { type: "string" } },
} as const;

const app = fastify();
app.get(probePaths.ready, async () => ({ status: "ok" }));
app.post("/v1/tasks", { schema: { body } }, async (request, reply) => reply.code(201).send(request.body));
await app.listen({ host: process.env.BIND_ADDRESS ?? "127.0.0.1", port: Number(process.env.HTTP_PORT) });
