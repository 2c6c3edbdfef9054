export {
  dueInMs,
  type Origin,
  originalHeaders,
  originHeaders,
  originOf,
  ownOrigin,
  toRetry,
} from "./origin.ts";
export { ParkedKeys } from "./parked-keys.ts";
export { type Stage, stagesOf } from "./stages.ts";
