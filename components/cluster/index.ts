export { checkClusterSettings } from "./check-settings.ts";
export type { ClusterSettings, NodeGroupSettings } from "./settings.ts";
export { kubernetesVersions, supportProblems } from "./versions.ts";
