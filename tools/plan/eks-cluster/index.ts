export { clusterChildren } from "./children.ts";
export { clusterOutputs } from "./outputs.ts";
