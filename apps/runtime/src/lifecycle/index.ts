export type { Lifecycle } from "./lifecycle.ts";
export { refuseToStart, runService } from "./run-service.ts";
