export { type Config, type MigrationConfig, readConfig, readMigrationConfig } from "./config.ts";
export { type RunningServer, startServer } from "./server.ts";
