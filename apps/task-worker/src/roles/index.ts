import { ConfigurationError, type EnvironmentVariables } from "@task-platform/runtime/config";
import { UsageError } from "@task-platform/runtime/errors";
import { checkCommonVariables } from "../config.ts";
import type { Role, RoleReader } from "./role.ts";

/** Every role, imported only when it is chosen. */
const roles = {
  relay: async () => (await import("./relay/index.ts")).relay,
  processor: async () => (await import("./processor/index.ts")).processor,
  analytics: async () => (await import("./analytics/index.ts")).analytics,
} as const satisfies Record<string, () => Promise<RoleReader>>;

/**
 * The role that the arguments of the process name, with its configuration.
 *
 * @throws UsageError for a wrong argument, together with the problems of the variables that all roles read
 * @throws ConfigurationError
 */
export async function loadRole(args: readonly string[], variables?: EnvironmentVariables): Promise<Role> {
  const [name = "", ...more] = args;
  if (more.length === 0 && isRole(name)) return (await roles[name]())(variables);
  const given = args.length === 0 ? "nothing" : JSON.stringify(args.join(" "));
  const usage = `task-worker: got ${given} as role; allowed: ${Object.keys(roles).join(", ")}; give one of them as the only argument.`;
  throw new UsageError([usage, ...commonProblems(variables)].join("\n"));
}

function isRole(name: string): name is keyof typeof roles {
  return Object.hasOwn(roles, name);
}

function commonProblems(variables: EnvironmentVariables | undefined): string[] {
  try {
    checkCommonVariables(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return [error.message];
    throw error;
  }
}
