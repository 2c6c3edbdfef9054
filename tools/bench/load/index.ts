export { Connection, requestBytes } from "./connection.ts";
export { type LoadResult, load, percentile } from "./load.ts";
export { mostMemoryMb, startUsage } from "./usage.ts";
