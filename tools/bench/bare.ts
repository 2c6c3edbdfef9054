import { probePaths } from "@task-platform/contracts";
import { fastify } from "fastify";

// What creates and lists are compared with: Fastify that checks a body of the same form and answers it, or answers a page of
// the same size, and nothing else.

const body = {
  type: "object",
  required: ["title"],
  additionalProperties: false,
  properties: { title: { type: "string", minLength: 1, maxLength: 200 }, description: { type: "string" } },
} as const;

const app = fastify();
app.get(probePaths.ready, async () => ({ status: "ok" }));
app.post("/v1/tasks", { schema: { body } }, async (request, reply) => reply.code(201).send(request.body));
const now = new Date().toISOString();
const task = {
  id: "00000000-0000-4000-8000-000000000000",
  user_id: "user-100",
  title: "write it down",
  description: "x".repeat(100),
  completed: false,
  version: 1,
  created_at: now,
  updated_at: now,
};
const page = { tasks: Array.from({ length: 20 }, () => task), next_page_token: "x".repeat(160) };
app.get("/v1/tasks", async (_request, reply) => reply.send(page));
await app.listen({ host: process.env.BIND_ADDRESS ?? "127.0.0.1", port: Number(process.env.HTTP_PORT) });
