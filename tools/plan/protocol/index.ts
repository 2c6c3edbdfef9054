export {
  type Names,
  noOptions,
  type Registration,
  readRegistration,
} from "./registration.ts";
export { sdk } from "./sdk.ts";
export { skipTracesOfPromises } from "./traces.ts";
export { type Transform, TransformCaller } from "./transforms.ts";
export { reference, secret, unknown, unplanned, unwrap } from "./values.ts";
