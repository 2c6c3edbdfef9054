export { type MigrationLog, migrate } from "./migrate.ts";
export { outbox, taskActivityTable } from "./names.ts";
