import type pg from "pg";
import { defineRole, type RoleReader } from "../role.ts";
import { type ConsumerFacts, readConfig } from "./config.ts";
import { startConsumerRole } from "./start.ts";
import type { ConsumerWork } from "./work.ts";

/** A role that consumes the task events: each role is a consumer group with its own work. */
export function defineConsumer(
  facts: ConsumerFacts,
  createWork: (database: pg.Pool) => ConsumerWork,
): RoleReader {
  return defineRole(
    (variables) => readConfig(facts, variables),
    (config, logger, lifecycle) => startConsumerRole(config, createWork, logger, lifecycle),
  );
}
