export { fromReader } from "./from-reader.ts";
export { type Transaction, withTransaction } from "./transaction.ts";
