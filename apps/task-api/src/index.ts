export { type Config, type MigrationConfig, readConfig, readMigrationConfig } from "./config.ts";
export { migrate } from "./db/index.ts";
export { type RunningServer, startServer } from "./server.ts";
