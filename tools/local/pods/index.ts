export { Pod } from "./pod.ts";
export { runJob, toPods, type WorkloadHost } from "./workloads.ts";
