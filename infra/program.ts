import { type EnvironmentSpecs, specs } from "../stacks/index.ts";
import { createData } from "./data/index.ts";
import { boundRoles, createPipelineRoles } from "./delivery/index.ts";
import { createEdge } from "./edge/index.ts";
import {
  checkEnvironment as check,
  loadEnvironment,
  type RawConfig,
  secretConfigKeys,
} from "./environment/index.ts";
import { createDashboard, createMetrics } from "./observability/index.ts";
import { createOperations } from "./operations/index.ts";
import { type StackOutputs, toOutputs } from "./outputs.ts";
import { createPlatform } from "./platform/index.ts";
import { createProviders } from "./providers.ts";
import { createWorkloads, type WorkloadRole, workloadRoles } from "./workloads/index.ts";

export { allowExampleValuesKey, madeDeployRoleArn, secretConfigKeys } from "./environment/index.ts";
export type { StackOutputs } from "./outputs.ts";

/**
 * The whole platform of one environment. It reads and checks the environment first, then creates each room from the
 * platform up. It is a function, so that the plan can run it more than once. The CLI enters through `index.ts`.
 *
 * @param from Other specs than those in `stacks/`, for tests.
 * @param roles Other roles than those in `infra/workloads`, for tests.
 */
export function program(
  from: EnvironmentSpecs = specs,
  roles: readonly WorkloadRole[] = workloadRoles,
): StackOutputs {
  const environment = loadEnvironment(from, roles);
  const providers = createProviders(environment);
  boundRoles(environment);
  createPipelineRoles(environment, providers);
  const platform = createPlatform(environment, providers);
  const data = createData(environment, platform, providers);
  const workloads = createWorkloads(environment, platform, data, roles, providers);
  const edge = createEdge(environment, platform, workloads, providers);
  createDashboard(environment, data, edge, providers);
  createMetrics(environment, platform, providers);
  createOperations(environment, platform, providers);
  return toOutputs(environment, platform, data, workloads);
}

/**
 * The environment of a stack, or every problem with it, for tools that create nothing.
 *
 * @param encrypted Keys whose values the stack file holds encrypted. @default those that must be
 */
export function checkEnvironment(
  stack: string,
  raw: RawConfig,
  from: EnvironmentSpecs = specs,
  encrypted: readonly string[] = secretConfigKeys,
) {
  return check(stack, raw, from, workloadRoles, encrypted);
}
