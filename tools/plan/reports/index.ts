export { digestText, maskPaths, planDigest } from "./digest.ts";
export { inventory } from "./inventory.ts";
export { summary } from "./summary.ts";
