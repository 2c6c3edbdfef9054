export { type OutboxEvent, outboxInsert, outboxValues } from "./append.ts";
