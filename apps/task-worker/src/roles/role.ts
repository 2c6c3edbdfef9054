import type { EnvironmentVariables, ServiceConfig } from "@task-platform/runtime/config";
import type { Lifecycle } from "@task-platform/runtime/lifecycle";
import type { Logger } from "@task-platform/runtime/logging";

/** A role with its configuration read. */
export interface Role {
  readonly service: ServiceConfig;
  /** Starts every part of the role and registers each with the lifecycle. */
  start(logger: Logger, lifecycle: Lifecycle): Promise<void>;
}

/** @throws ConfigurationError with all problems together */
export type RoleReader = (variables?: EnvironmentVariables) => Role;

/** Joins the two halves of a role. The caller needs to know neither its variables nor its configuration. */
export function defineRole<Config extends { readonly service: ServiceConfig }>(
  readConfig: (variables?: EnvironmentVariables) => Config,
  start: (config: Config, logger: Logger, lifecycle: Lifecycle) => Promise<void>,
): RoleReader {
  return (variables) => {
    const config = readConfig(variables);
    return { service: config.service, start: (logger, lifecycle) => start(config, logger, lifecycle) };
  };
}
