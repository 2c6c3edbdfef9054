import { expect, test } from "vitest";
import type { DatabaseConfig } from "../config/index.ts";
import { createLogger } from "../logging/index.ts";
import { createDatabase } from "./database.ts";

const config: DatabaseConfig = {
  host: "primary.internal",
  readerHost: undefined,
  port: 5432,
  name: "tasks",
  user: "task_api",
  auth: { kind: "none" },
  tls: "off",
  connectionPoolSize: 10,
};
const logger = createLogger({ service: "test", level: "fatal" });

test("only a replica gets a second connection pool; the host of the primary does not", async () => {
  const poolsOf = async (readerHost: string | undefined) => {
    const database = createDatabase({ ...config, readerHost }, logger);
    await database.close();
    return database.reader === database.primary ? 1 : 2;
  };
  expect(await poolsOf(undefined)).toBe(1);
  // Without a replica the Pulumi program sets the host of the primary, and its connection budget counts one connection pool.
  expect(await poolsOf("primary.internal")).toBe(1);
  expect(await poolsOf("replica.internal")).toBe(2);
});
