export { coverage } from "./coverage.ts";
export { evaluate } from "./evaluate.ts";
export type { Context, Environment, Rule } from "./kit/index.ts";
export { appliesIn, environmentOf, environments } from "./kit/index.ts";
export { rules } from "./rules/index.ts";
export { applyWaivers, idleParts, type Verdict, type Waiver, waivers } from "./waivers/index.ts";
