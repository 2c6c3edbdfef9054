export { type GraphOptions, PlanGraph, type Recorded } from "./graph.ts";
export { findProblems } from "./problems.ts";
export { resolveOutputs } from "./resolve.ts";
