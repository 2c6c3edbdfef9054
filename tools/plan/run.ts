import * as pulumi from "@pulumi/pulumi";
import { PlanMonitor } from "./monitor.ts";
import type { Plan, PlannedResource, PlanOptions } from "./types.ts";
import { unwrap } from "./values.ts";

/** Left out of the SDK's types, present in its JavaScript; a contract test watches them. */
const runtime = pulumi.runtime as unknown as {
  setMockOptions(
    monitor: unknown,
    project: string,
    stack: string,
    preview: boolean,
    organization: string,
  ): void;
  awaitFeatureSupport(): Promise<void>;
  setAllConfig(config: Record<string, string>, secretKeys: string[]): void;
  runInPulumiStack(program: () => Promise<unknown>): Promise<Record<string, unknown> | undefined>;
  disconnect(): Promise<void>;
  registerStackTransformation(transformation: pulumi.ResourceTransformation): void;
};

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a function as a Pulumi program and returns every resource it registers.
 * Plans of one process run one after another: the SDK's settings are global.
 *
 * @throws Error with every problem the engine would refuse: duplicate URNs, dangling references, missing providers,
 *   and, in resolved mode, outputs that were read and that no table knows.
 */
export function planProgram(program: () => unknown, options: PlanOptions = {}): Promise<Plan> {
  const next = last.then(() => runOnce(program, options));
  last = next.catch(() => undefined);
  return next;
}

async function runOnce(program: () => unknown, options: PlanOptions): Promise<Plan> {
  const project = options.project ?? "task-platform";
  const stack = options.stack ?? "dev";
  const mode = options.mode ?? "resolved";
  const monitor = new PlanMonitor({
    project,
    stack,
    mode,
    overrides: options.outputs ?? {},
    config: options.config ?? {},
  });
  runtime.setMockOptions(monitor, project, stack, mode === "preview", "organization");
  await runtime.awaitFeatureSupport();
  runtime.setAllConfig({ ...options.config }, [...(options.secretKeys ?? [])]);
  const unhandled: unknown[] = [];
  const restore = captureUnhandled(unhandled);
  try {
    await runtime.runInPulumiStack(async () => {
      runtime.registerStackTransformation((args) => {
        monitor.learnOutputs(args.type, args.name, Object.keys(args.props as object));
        return undefined;
      });
      return await program();
    });
    await runtime.disconnect();
  } catch (error) {
    throw plainError(error);
  } finally {
    restore();
  }
  if (unhandled.length > 0) throw plainError(unhandled[0]);
  return toPlan(monitor, project, stack, mode);
}

/**
 * A failing program leaves rejected outputs behind that nobody awaits. They belong to the plan, so whoever else
 * listens (a test runner) is put aside until it is over.
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

/** The SDK's errors carry the whole resource; a runner that prints one would print the graph. */
function plainError(error: unknown): Error {
  return new Error(error instanceof Error ? error.message : String(error));
}

function toPlan(monitor: PlanMonitor, project: string, stack: string, mode: Plan["mode"]): Plan {
  const resources = monitor.finish();
  const outputs = unwrap(monitor.stackOutputs);
  const all = (type: string): readonly PlannedResource[] =>
    resources.filter((resource) => resource.type === type);
  return {
    project,
    stack,
    mode,
    resources,
    outputs: outputs.value as Record<string, unknown>,
    secretOutputs: outputs.secrets,
    all,
    one: (type, name) => {
      const found = all(type).filter((resource) => name === undefined || resource.name === name);
      const [only] = found;
      if (found.length !== 1 || only === undefined) {
        const have = all(type).map((resource) => resource.name);
        throw new Error(
          `${found.length} resources of type ${type}${name ? ` named ${name}` : ""}; there are: ${have.join(", ") || "none"}`,
        );
      }
      return only;
    },
  };
}
