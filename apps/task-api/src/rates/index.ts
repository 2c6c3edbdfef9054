export { rateKey, rateProblem, rateWindowMs } from "./limit.ts";
export { type Count, createRateCounter, type RateCounter } from "./rate-counter.ts";
