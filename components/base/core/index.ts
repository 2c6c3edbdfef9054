export {
  contains,
  formatRange,
  isPrivate,
  overlaps,
  parseRange,
  privateRanges,
  type Range,
} from "./cidr.ts";
export { formatProblems, refuse, unreachable } from "./errors.ts";
export { logRetentionProblems } from "./log-retention.ts";
export { platform } from "./platform.ts";
export {
  podIdentityTrust,
  policyDocument,
  type Statement,
  type StatementInput,
  serviceTrust,
  tlsOnlyStatement,
  toPolicyJson,
} from "./policy-document.ts";
export {
  choiceProblems,
  isWhole,
  listed,
  type Problem,
  repeated,
  under,
  unless,
  wholeNumberProblems,
} from "./problems.ts";
export { dataOptions, foundationOptions, type Removal } from "./removal.ts";
export { literal, oneLine, quoted, singleQuoted, yamlText } from "./yaml.ts";
