export { type ControlCoverage, coverage } from "./coverage.ts";
export { evaluate, type Verdict } from "./evaluate.ts";
export { rules } from "./rules/index.ts";
export type { Context, Environment, Resource, Rule, Severity, Violation, Waiver } from "./types.ts";
export { waivers } from "./waivers.ts";
