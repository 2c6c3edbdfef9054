export { createOperations } from "./operations.ts";
