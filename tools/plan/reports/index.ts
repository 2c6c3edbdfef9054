export { digestText, maskPaths, planDigest } from "./digest.ts";
export { explicitOrder } from "./explicit-order.ts";
export { inventory } from "./inventory.ts";
export { summary } from "./summary.ts";
