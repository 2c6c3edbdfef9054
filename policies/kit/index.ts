export {
  admitsEverybody,
  isForEverybody,
  namesCaller,
  policyDocument,
  type Statement,
  statementsOf,
} from "./policy-documents.ts";
export {
  absent,
  atLeast,
  between,
  customKey,
  including,
  isFalse,
  isTrue,
  manyOf,
  oneOf,
  present,
  publicAccessFlags,
} from "./requirements.ts";
export {
  appliesIn,
  custom,
  declared,
  hardened,
  never,
  overStack,
  pair,
  policyDocumentRule,
  production,
  property,
  type RuleHead,
} from "./rule.ts";
export { exampleResources, indexStack } from "./stack.ts";
export { anywhere, publicSubnetExample, publicSubnets, subnetsIn, zoneOf, zonesOf } from "./subnets.ts";
export type {
  Context,
  Environment,
  Example,
  ExampleResource,
  Resource,
  ResourceRule,
  Rule,
  Stack,
  Violation,
} from "./types.ts";
export { environmentOf, environments } from "./types.ts";
export {
  globMatches,
  isRecord,
  kebabCase,
  list,
  mismatch,
  type Plain,
  parsed,
  read,
  record,
  show,
  text,
  texts,
  textsInside,
  unknownValue,
  unless,
} from "./values.ts";
export {
  containerRule,
  containersOf,
  deployment,
  nameOfObject,
  namespaceOf,
  namespacesOf,
  podRule,
  podTemplate,
  selects,
  servingTypes,
  workloadNamed,
  workloadTypes,
} from "./workloads.ts";
