import { ConfigurationError } from "../config/index.ts";
import { UsageError } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";
import { longestTimerMs, within } from "../timing/index.ts";
import { type Lifecycle, ServiceLifecycle } from "./lifecycle.ts";

interface ServiceOptions {
  readonly name: string;
  readonly logger: Logger;
  /** Time from the signal to the exit. Work that is not finished by then is cut off, and the exit code is 1. */
  readonly graceMs: number;
  /** Starts every part and resolves once the service runs. */
  readonly start: (lifecycle: Lifecycle) => Promise<void>;
}

/**
 * Runs a service until a signal or a failure, drains it, and exits: with 0 after a clean drain, with 1 when a part
 * failed or the grace period ran out. A second signal does not shorten the drain: the platform uses SIGKILL for that.
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
      // The state of the process is unknown now, so nothing is drained.
      logger.fatal({ error }, "unhandled error");
      process.exit(1);
    });
  }
  logger.info({ pid: process.pid }, `${options.name} is starting`);
  const started = options.start(lifecycle).catch((error: unknown) => {
    // When the signal interrupts the start, the start fails for that reason only.
    if (!lifecycle.signal.aborted) lifecycle.fail(error);
  });
  // Without this timer Node would exit with 0 as soon as the parts hold no open handle.
  const alive = setInterval(() => undefined, longestTimerMs);
  await end.promise;
  clearInterval(alive);
  lifecycle.beginStop();
  const drained = started.then(() => lifecycle.runStopHooks());
  const inTime = await within(options.graceMs, drained).then(
    () => true,
    () => false,
  );
  if (!inTime) logger.error({ graceMs: options.graceMs }, "not drained in time, cut off");
  const code = inTime && !lifecycle.failed ? 0 : 1;
  logger.info({ code }, "ended");
  process.exit(code);
}

/** Ends a process whose arguments or configuration are wrong: message on standard error, no stack, exit code 1. */
export function refuseToStart(error: unknown): never {
  const known = error instanceof ConfigurationError || error instanceof UsageError;
  console.error(known ? error.message : error);
  process.exit(1);
}
