export { type OutboxEvent, outboxHeaders, outboxInsert, outboxValues } from "./append.ts";
