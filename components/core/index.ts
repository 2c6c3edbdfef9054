export { formatProblems, type Problem, refuse, unreachable } from "./errors.ts";
export {
  podIdentityTrust,
  policyDocument,
  type Statement,
  type StatementInput,
  serviceTrust,
  toPolicyJson,
} from "./policy-document.ts";
export { dataOptions, foundationOptions, type Removal, type RemovalOptions } from "./removal.ts";
