import { UsageError } from "@task-platform/runtime/errors";
import { refuseToStart, runService } from "@task-platform/runtime/lifecycle";
import { createLogger } from "@task-platform/runtime/logging";
import { runMigrations } from "@task-platform/runtime/migrations";
import { readConfig, readMigrationConfig } from "./config.ts";
import { startServer } from "./server.ts";

try {
  const [command, ...rest] = process.argv.slice(2);
  if (rest.length > 0 || (command !== undefined && command !== "migrate")) {
    const given = process.argv.slice(2).join(" ");
    throw new UsageError(
      `task-api: got "${given}"; allowed: no argument to serve, or "migrate"; start it with one of them`,
    );
  }
  if (command === "migrate") {
    const { service, database } = readMigrationConfig();
    await runMigrations(database, createLogger({ service: service.name, level: service.logLevel }));
  } else {
    const config = readConfig();
    const { name, logLevel: level, graceMs } = config.service;
    const logger = createLogger({ service: name, level });
    await runService({
      name,
      logger,
      graceMs,
      start: async (lifecycle) => void (await startServer(config, logger, lifecycle)),
    });
  }
} catch (error) {
  refuseToStart(error);
}
