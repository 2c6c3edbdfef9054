import { type Lifecycle, type Logger, UsageError } from "@task-platform/runtime";
import type { WorkerConfig } from "../config.ts";
import { startProcessor } from "./processor/index.ts";
import { startRelay } from "./relay.ts";

/** Starts a role; what it starts, it registers with the lifecycle to be stopped. */
export type RoleStart = (config: WorkerConfig, logger: Logger, lifecycle: Lifecycle) => Promise<void>;

const roles = { relay: startRelay, processor: startProcessor } as const satisfies Record<string, RoleStart>;

/**
 * The role that the arguments of the process name.
 *
 * @throws UsageError
 */
export function roleOf(given: readonly string[]): { readonly name: string; readonly start: RoleStart } {
  const [name = "", ...more] = given;
  if (more.length === 0 && isRole(name)) return { name, start: roles[name] };
  const words = given.length === 0 ? "nothing" : JSON.stringify(given.join(" "));
  throw new UsageError(
    `task-worker: got ${words} as role; allowed: ${Object.keys(roles).join(", ")}; give one of them as the only argument.`,
  );
}

function isRole(name: string): name is keyof typeof roles {
  return Object.hasOwn(roles, name);
}
