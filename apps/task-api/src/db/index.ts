export { fromReader } from "./from-reader.ts";
export { runStatement } from "./run-statement.ts";
export { type Transaction, withTransaction } from "./transaction.ts";
