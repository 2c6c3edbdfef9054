export { connectionOptions, createDatabase, type Database } from "./database.ts";
export { isTransientDatabaseError } from "./errors.ts";
