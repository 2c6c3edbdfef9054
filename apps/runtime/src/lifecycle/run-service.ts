import { ConfigurationError } from "../config/index.ts";
import { UsageError } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";
import { type Lifecycle, ServiceLifecycle } from "./lifecycle.ts";

export interface ServiceOptions {
  readonly name: string;
  readonly logger: Logger;
  /** Time between the signal and the end; what is not finished by then is cut off and the exit code is 1. */
  readonly graceMs: number;
  /** Starts every part; returns once the service runs. */
  readonly start: (lifecycle: Lifecycle) => Promise<void>;
}

/** The largest delay that Node's timers take. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Runs a service until a signal or a failure ends it, then ends the process: 0 after a clean drain, 1 when a part
 * failed or the grace period was overdue. A second signal does not cut the drain short: the platform has KILL for that.
 */
export async function runService(options: ServiceOptions): Promise<never> {
  const { logger } = options;
  const end = Promise.withResolvers<void>();
  const lifecycle = new ServiceLifecycle(logger, end.resolve);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      logger.info({ signal }, "stopping");
      end.resolve();
    });
  }
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      // The state of the process is unknown from here on, so nothing is drained.
      logger.fatal({ error }, "unhandled error");
      process.exit(1);
    });
  }
  logger.info({ pid: process.pid }, `${options.name} is starting`);
  const started = options.start(lifecycle).catch((error: unknown) => {
    // A start that was interrupted by the signal fails for that reason alone.
    if (!lifecycle.signal.aborted) lifecycle.fail(error);
  });
  // A part that lets go of its last handle must not end the process as if all were well.
  const alive = setInterval(() => undefined, longestTimerMs);
  await end.promise;
  clearInterval(alive);
  lifecycle.beginStop();
  const drained = started.then(() => lifecycle.runStopHooks());
  const inTime = await within(options.graceMs, drained);
  if (!inTime) logger.error({ graceMs: options.graceMs }, "not drained in time, cut off");
  const code = inTime && !lifecycle.failed ? 0 : 1;
  logger.info({ code }, "ended");
  process.exit(code);
}

async function within(limitMs: number, work: Promise<void>): Promise<boolean> {
  const overdue = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => overdue.resolve(false), limitMs);
  const inTime = await Promise.race([work.then(() => true), overdue.promise]);
  clearTimeout(timer);
  return inTime;
}

/** Ends a process that cannot even be configured: the words on standard error, without a stack, and exit code 1. */
export function refuseToStart(error: unknown): never {
  const known = error instanceof ConfigurationError || error instanceof UsageError;
  console.error(known ? error.message : error);
  process.exit(1);
}
