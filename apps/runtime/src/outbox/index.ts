export { type OutboxEvent, outboxInsert, outboxNotify, outboxValues } from "./append.ts";
