export type { ClusterControllersArgs } from "./args.ts";
export { charts } from "./charts.ts";
export { ClusterControllers } from "./cluster-controllers.ts";
export { type Controller, createController } from "./controller.ts";
export { createTargetGroupBinding, type TargetGroupBindingArgs } from "./target-group-binding.ts";
