export type { Plan, PlanMode, PlannedOptions, PlannedResource, PlanOptions } from "./types.ts";
export { makeUrn, nameOf, stackType } from "./urn.ts";
