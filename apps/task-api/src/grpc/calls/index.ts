export { admit, type CallSetup, correlationIn, textIn } from "./admission.ts";
export { codeName, type Failure, toFailure } from "./failure.ts";
export { narrow } from "./narrow.ts";
export { type Call, logFailure, type UnaryMethod, unary } from "./unary.ts";
