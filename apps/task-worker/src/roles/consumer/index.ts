export { UnreadableEventError } from "./decode-event.ts";
export { defineConsumer } from "./define-consumer.ts";
export type { Outcome } from "./work.ts";
