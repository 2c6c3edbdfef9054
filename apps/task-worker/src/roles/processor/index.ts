export { startProcessor } from "./processor.ts";
