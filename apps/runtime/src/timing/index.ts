export { type Backoff, backoffMs } from "./backoff.ts";
export { longestTimerMs, pause, within } from "./waiting.ts";
