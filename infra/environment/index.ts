export type { RawConfig } from "./check-config.ts";
export { type ConfigKey, configKeys, type StackConfig } from "./config-keys.ts";
export { allowExampleValuesKey, checkEnvironment, type Environment, loadEnvironment } from "./environment.ts";
export { topicSpecs } from "./event-topics.ts";
export { type Features, featuresOf, regionsOf } from "./features.ts";
export {
  connectionPools,
  consumersOf,
  type KafkaUse,
  mostPods,
  type RoleFacts,
  settingsOf,
  stoppedRoles,
} from "./roles.ts";
