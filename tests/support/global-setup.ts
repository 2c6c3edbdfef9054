import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type Addresses, startBackEnds } from "../../tools/local/back-ends/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    backEnds: Addresses;
  }
}

/** Starts PostgreSQL, Redis, three Kafka brokers and the schema registry once for all service tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const backEnds = await startBackEnds({
    // Its own folder, so that two test runs can run in parallel.
    folder: join(tmpdir(), `task-platform-tests-${process.pid}`),
    needs: ["postgres", "redis", "kafka", "schema-registry"],
    durable: false, // no test cuts the power, and a killed process loses nothing
    log: (line) => process.stdout.write(`[back ends] ${line}\n`),
  });
  project.provide("backEnds", backEnds.addresses);
  return () => backEnds.stop();
}
