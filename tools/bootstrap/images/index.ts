export { imageResources } from "./resources.ts";
export { imageSteps } from "./steps.ts";
