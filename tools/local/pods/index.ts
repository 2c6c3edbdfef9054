export { Pod } from "./pod.ts";
export { runJob, toPods } from "./workloads.ts";
