export { mustNotReach } from "./must-not-reach.ts";
export { mustReach } from "./must-reach.ts";
