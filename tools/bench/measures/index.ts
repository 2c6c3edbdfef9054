export { measureBacklog } from "./backlog.ts";
export { measureHalfOpen } from "./half-open.ts";
export { measureCommitLatency, measureCreates, measureLists } from "./requests.ts";
export type { Row, Size } from "./row.ts";
export { measureHeldLoad, measureLatency } from "./steady.ts";
