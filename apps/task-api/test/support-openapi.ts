import { createContext } from "../src/context.ts";
import { readConfig } from "../src/index.ts";
import { createApp } from "../src/rest/index.ts";
import { silent } from "./support.ts";

/** The parts of an OpenAPI document that the tests read. */
export interface ApiDocument {
  readonly openapi: string;
  readonly security: unknown;
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
}

interface ApiOperation {
  readonly operationId: string;
  readonly security?: unknown;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

/** The document of the current routes. It opens no port and uses no back end. */
export async function describedApi(): Promise<ApiDocument> {
  const config = readConfig({
    SERVICE_NAME: "task-api",
    DATABASE_HOST: "127.0.0.1",
    DATABASE_NAME: "none",
    DATABASE_USER: "none",
    DATABASE_AUTH: "none",
    DATABASE_TLS: "off",
    REDIS_HOST: "127.0.0.1",
    REDIS_PORT: "1",
    REDIS_AUTH: "none",
    REDIS_TLS: "off",
    AUTH_ISSUER: "https://issuer.example/",
    AUTH_AUDIENCE: "task-api",
    AUTH_JWKS_URL: "https://issuer.example/jwks.json",
  });
  const context = await createContext(config, silent);
  const app = await createApp(context, config.http);
  const document = app.swagger() as unknown as ApiDocument;
  await app.close();
  await context.redis.close();
  await context.database.close();
  return document;
}
