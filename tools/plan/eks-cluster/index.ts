export { clusterChildren } from "./children.ts";
export { clusterOutputs, kubeconfigOf } from "./outputs.ts";
