export { charts } from "./charts.ts";
export { ClusterControllers } from "./cluster-controllers.ts";
export { type Controller, createController } from "./controller.ts";
export { createTargetGroupBinding } from "./target-group-binding.ts";
