import { platform } from "../../../components/base/core/settings.ts";
import type { Plan, PlanOptions } from "../model/index.ts";
import { sdk, skipTracesOfPromises } from "../protocol/index.ts";
import { createPlan } from "./create-plan.ts";
import { PlanMonitor } from "./monitor.ts";

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a function as a Pulumi program and returns every resource that it registers.
 * Plans of one process run one after another, because the settings of the SDK are global.
 *
 * @throws Error with every problem that the engine would refuse: duplicate URNs, dangling references, missing providers,
 *   and, in resolved mode, reads of outputs that are in no table.
 */
export function planProgram(program: () => unknown, options: PlanOptions = {}): Promise<Plan> {
  const next = last.then(() => runOnce(program, options));
  last = next.catch(() => undefined);
  return next;
}

async function runOnce(program: () => unknown, options: PlanOptions): Promise<Plan> {
  const { project = platform.name, stack = "dev", mode = "resolved" } = options;
  const config = options.config ?? {};
  const secretKeys = options.secretKeys ?? [];
  const monitor = new PlanMonitor({ project, stack, mode, overrides: options.outputs ?? {}, config });
  sdk.setMockOptions(monitor, project, stack, mode === "preview", "organization");
  await sdk.awaitFeatureSupport();
  sdk.setAllConfig({ ...config }, [...secretKeys]);
  await runToTheEnd(monitor, program);
  return createPlan(monitor, { project, stack, mode, config, secretKeys });
}

/** @throws Error of the program, or of an output that the program does not await. */
async function runToTheEnd(monitor: PlanMonitor, program: () => unknown): Promise<void> {
  const unhandled: unknown[] = [];
  const restore = captureUnhandled(unhandled);
  const showTraces = skipTracesOfPromises();
  try {
    await sdk.runInPulumiStack(async () => {
      sdk.registerStackTransformation((args) => {
        monitor.learnOutputs(args.type, args.name, Object.keys(args.props as object));
        return undefined;
      });
      return await program();
    });
  } catch (error) {
    unhandled.unshift(error);
  } finally {
    // Also after a failure, so that no registration continues during the next plan.
    await sdk.disconnect().catch((error: unknown) => void unhandled.push(error));
    // Node reports unhandled rejections after the microtask queue is empty, so wait for one turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    showTraces();
    restore();
  }
  if (unhandled.length > 0) throw plainError(unhandled[0]);
}

/**
 * A failing program leaves rejected outputs that nothing awaits. They belong to the plan, so the other listeners
 * (a test runner has one) are removed until the plan ends.
 */
function captureUnhandled(into: unknown[]): () => void {
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => void into.push(reason));
  return () => {
    process.removeAllListeners("unhandledRejection");
    for (const other of others) process.on("unhandledRejection", other);
  };
}

/** Errors of the SDK contain the resource. A test runner that prints one would follow the resource graph and run out of memory. */
function plainError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const plain = new Error(error.message);
  plain.stack = error.stack ?? error.message;
  return plain;
}
