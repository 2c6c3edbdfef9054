import { type EnvironmentSpecs, specs } from "../stacks/index.ts";
import { createDashboard } from "./dashboard.ts";
import { createData } from "./data.ts";
import { createEdge } from "./edge.ts";
import { loadEnvironment } from "./environment.ts";
import { createOperations } from "./operations.ts";
import { type StackOutputs, toOutputs } from "./outputs.ts";
import { createPlatform } from "./platform.ts";
import { createProviders } from "./providers.ts";
import { boundRoles, createPipelineRoles } from "./roles.ts";
import { createWorkloads } from "./workloads.ts";

export { allowExampleValuesKey, checkEnvironment } from "./environment.ts";
export type { StackOutputs } from "./outputs.ts";

/**
 * The whole platform of one environment, and nothing that depends on which: read, check, then build from the ground up.
 * A function, so that the plan can run it as often as it likes; the CLI enters through `index.ts`.
 *
 * @param from Other pages than those of the program, for tests of what no page says today.
 */
export function program(from: EnvironmentSpecs = specs): StackOutputs {
  const environment = loadEnvironment(from);
  const providers = createProviders(environment);
  boundRoles(environment);
  createPipelineRoles(environment, providers);
  const platform = createPlatform(environment, providers);
  const data = createData(environment, platform, providers);
  const workloads = createWorkloads(environment, platform, data, providers);
  const edge = createEdge(environment, platform, workloads, providers);
  createDashboard(environment, data, edge, providers);
  createOperations(environment, platform, providers);
  return toOutputs(environment, platform, data, workloads);
}
