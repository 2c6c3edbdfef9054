export { fromReader } from "./from-reader.ts";
export { migrate } from "./migrate.ts";
export { type Transaction, withTransaction } from "./transaction.ts";
