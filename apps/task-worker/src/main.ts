import { refuseToStart, runService } from "@task-platform/runtime/lifecycle";
import { createLogger } from "@task-platform/runtime/logging";
import { loadRole } from "./roles/index.ts";

const role = await loadRole(process.argv.slice(2)).catch(refuseToStart);
const { name, logLevel: level, graceMs } = role.service;
const logger = createLogger({ service: name, level });
await runService({ name, logger, graceMs, start: (lifecycle) => role.start(logger, lifecycle) });
