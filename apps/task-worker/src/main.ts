import {
  ConfigurationError,
  createLogger,
  refuseToStart,
  runService,
  UsageError,
} from "@task-platform/runtime";
import { readConfig, type WorkerConfig } from "./config.ts";
import { roleOf } from "./roles/index.ts";

/** Role and configuration; what is wrong with either is told together. */
function readStart(): { readonly config: WorkerConfig; readonly role: ReturnType<typeof roleOf> } {
  const problems: Error[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof ConfigurationError)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const role = attempt(() => roleOf(process.argv.slice(2)));
  const config = attempt(() => readConfig());
  if (role !== undefined && config !== undefined) return { role, config };
  return refuseToStart(new UsageError(problems.map((problem) => problem.message).join("\n")));
}

const { config, role } = readStart();
const logger = createLogger({ service: config.service.name, level: config.service.logLevel });
await runService({
  name: config.service.name,
  logger,
  graceMs: config.service.graceMs,
  start: (lifecycle) => role.start(config, logger, lifecycle),
});
