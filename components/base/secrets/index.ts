export type { SecretsArgs } from "./args.ts";
export { secretPolicy } from "./secret-policy.ts";
export { Secrets } from "./secrets.ts";
