export { madeDeployRoleArn } from "./check-account.ts";
export type { RawConfig } from "./check-config.ts";
export { type StackConfig, secretConfigKeys } from "./config-keys.ts";
export { allowExampleValuesKey, checkEnvironment, type Environment, loadEnvironment } from "./environment.ts";
export { topicSpecs } from "./event-topics.ts";
export { featuresOf, regionsOf } from "./features.ts";
export {
  connectionPools,
  consumersOf,
  graceSeconds,
  kafkaAccess,
  mostPods,
  type RoleFacts,
  settingsOf,
  shutdownGraceMs,
  stoppedRoles,
} from "./roles.ts";
