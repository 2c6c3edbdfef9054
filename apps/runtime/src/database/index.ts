export { Batches } from "./batches.ts";
export { connectionOptions, createDatabase, type Database } from "./database.ts";
export { isDataError, isTransientDatabaseError, sqlState } from "./errors.ts";
export { repeatUpkeep } from "./upkeep.ts";
