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
  poolSize: 10,
};
const logger = createLogger({ service: "test", level: "fatal" });

test("Only a replica is a second pool: the host of the primary is none", async () => {
  const poolsOf = async (readerHost: string | undefined) => {
    const database = createDatabase({ ...config, readerHost }, logger);
    await database.close();
    return database.reader === database.pool ? 1 : 2;
  };
  expect(await poolsOf(undefined)).toBe(1);
  // The program gives the primary where there is no replica; its budget of connections counts one pool.
  expect(await poolsOf("primary.internal")).toBe(1);
  expect(await poolsOf("replica.internal")).toBe(2);
});
