import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type Addresses, startBackEnds } from "../../tools/local/back-ends/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    backEnds: Addresses;
  }
}

/** Starts PostgreSQL, Redis, three Kafka brokers and the registry once for all service tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const backEnds = await startBackEnds({
    // A folder of its own: a second run of the tests beside this one must not be refused.
    folder: join(tmpdir(), `task-platform-tests-${process.pid}`),
    needs: ["postgres", "redis", "kafka", "registry"],
    durable: false, // no test of this grade kills PostgreSQL
    log: (line) => process.stdout.write(`[back ends] ${line}\n`),
  });
  project.provide("backEnds", backEnds.addresses);
  return () => backEnds.stop();
}
