export { secretsProblems } from "./check-args.ts";
export { secretPolicy } from "./secret-policy.ts";
export { type SecretRotationSpec, type SecretSpec, Secrets, type SecretsArgs } from "./secrets.ts";
