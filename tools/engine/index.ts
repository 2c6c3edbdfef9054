export { buildCli, type Cli, cannotBuild, findCli } from "./cli/index.ts";
export {
  type CliRun,
  type Deployment,
  type EngineStack,
  type Finding,
  openStack,
  type StackOptions,
  type StateResource,
  type Step,
} from "./stack/index.ts";
export { autoname } from "./stand-ins/index.ts";
