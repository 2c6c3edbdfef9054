export { UnreadableEventError } from "./decode-event.ts";
export { defineConsumer } from "./define-consumer.ts";
export { EventRows, type EventRowsOptions } from "./event-rows.ts";
