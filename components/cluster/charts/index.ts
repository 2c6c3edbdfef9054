export { ClusterControllers, type ClusterControllersArgs } from "./addons.ts";
export { type Chart, charts } from "./charts.ts";
export { autoscalerStatements } from "./cluster-autoscaler.ts";
export { createExternalSecret, type ExternalSecretArgs } from "./external-secret.ts";
export {
  ExternalSecrets,
  type ExternalSecretsArgs,
  externalSecretsMetrics,
  externalSecretsMetricsPort,
  externalSecretsStatements,
} from "./external-secrets.ts";
export { controllerStatements } from "./load-balancer-controller.ts";
export { createTargetGroupBinding, type TargetGroupBindingArgs } from "./target-group-binding.ts";
