import swaggerUi from "@fastify/swagger-ui";
import { restApi } from "@task-platform/contracts";
import type { FastifyInstance } from "fastify";

const { docsPath, documentPath } = restApi;
/** The page, its files, and what leads to it. */
const addresses = new RegExp(`^(/|${documentPath}|${docsPath}(/.*)?)$`);

/** The page brings all its scripts and styles. It calls the API it is served by, and nothing else. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Says that the documentation needs no token and is not counted against a subject. Call it before `authenticate`. */
export function allowDocs(app: FastifyInstance): void {
  app.addHook("onRoute", (route) => {
    if (addresses.test(route.url)) route.config = { ...route.config, public: true, rateLimit: false };
  });
}

/** Serves the OpenAPI document, a page to browse it and to try calls, and a redirect to that page at `/`. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: docsPath,
    staticCSP: contentPolicy,
    theme: { title: "Task API" },
    // Without the bar of the layout, which asks for the address of another document.
    uiConfig: { layout: "BaseLayout", deepLinking: true, persistAuthorization: true, tryItOutEnabled: true },
  });
  app.get(documentPath, { schema: { hide: true } }, () => app.swagger());
  app.get("/", { schema: { hide: true } }, (_request, reply) => reply.redirect(docsPath));
}
