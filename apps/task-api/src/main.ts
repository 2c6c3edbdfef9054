import { createLogger, refuseToStart, runService, UsageError } from "@task-platform/runtime";
import { readConfig, readMigrationConfig } from "./config.ts";
import { migrate } from "./db/index.ts";
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
    await migrate(database, createLogger({ service: service.name, level: service.logLevel }));
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
