export { createPlan } from "./create-plan.ts";
export { PlanMonitor } from "./monitor.ts";
export { planProgram } from "./run.ts";
