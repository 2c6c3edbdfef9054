export type { CliRun } from "./command.ts";
export type { Step } from "./events.ts";
export { EngineStack, openStack } from "./open.ts";
export type { Deployment, StateResource } from "./state.ts";
