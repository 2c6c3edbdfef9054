export { readConfig, type StreamNames, type WorkerConfig } from "./config.ts";
export { roleOf } from "./roles/index.ts";
