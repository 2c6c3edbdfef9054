export { findCli } from "./cli/index.ts";
export {
  type CliRun,
  type Deployment,
  type EngineStack,
  openStack,
  type StateResource,
  type Step,
} from "./stack/index.ts";
export { autoname } from "./stand-ins/index.ts";
