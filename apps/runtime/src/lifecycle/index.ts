export type { Lifecycle, LifecycleState, StopHook } from "./lifecycle.ts";
export { refuseToStart, runService, type ServiceOptions } from "./run-service.ts";
