export { contains, formatRange, overlaps, parseRange, type Range } from "./cidr.ts";
export { formatProblems, type Problem, refuse, unreachable } from "./errors.ts";
export { logRetentionProblems } from "./log-retention.ts";
export { isWhole } from "./numbers.ts";
export {
  podIdentityTrust,
  policyDocument,
  type Statement,
  type StatementInput,
  serviceTrust,
  toPolicyJson,
} from "./policy-document.ts";
export { dataOptions, foundationOptions, type Removal, type RemovalOptions } from "./removal.ts";
