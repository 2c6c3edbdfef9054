export { type Backoff, backoffMs } from "./backoff.ts";
export { pause, within } from "./waiting.ts";
