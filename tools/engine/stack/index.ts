export type { CliRun } from "./command.ts";
export type { Events, Finding, Step } from "./events.ts";
export { EngineStack, openStack, type StackOptions } from "./open.ts";
export type { Deployment, StateResource } from "./state.ts";
