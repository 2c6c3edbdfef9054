export { createDatabase, type Database } from "./database.ts";
export { isTransientDatabaseError } from "./errors.ts";
export { runMigrations } from "./migrations.ts";
