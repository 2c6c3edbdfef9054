export { CreateQueue } from "./create-queue.ts";
export { createWaitingGauge, Turns } from "./turns.ts";
