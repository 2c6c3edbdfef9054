export { charts } from "./charts.ts";
export { ClusterControllers } from "./cluster-controllers.ts";
export {
  type Controller,
  containerSecurity,
  controllerResources,
  createController,
  podSecurity,
} from "./controller.ts";
export { createTargetGroupBinding } from "./target-group-binding.ts";
