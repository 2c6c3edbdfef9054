export { measureBacklog } from "./backlog.ts";
export { measureCommitLatency, measureCreates, measureLists } from "./creates.ts";
export { measureHalfOpen } from "./half-open.ts";
export type { Row, Size } from "./row.ts";
export { measureHeldLoad, measureLatency } from "./steady.ts";
