export { clusterChildren } from "./children.ts";
export { clusterOutputs, kubeconfigOf, outputDependencies } from "./outputs.ts";
