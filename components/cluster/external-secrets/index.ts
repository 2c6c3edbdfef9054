export type { ExternalSecretsArgs } from "./args.ts";
export { createExternalSecret } from "./external-secret.ts";
export { ExternalSecrets } from "./external-secrets.ts";
export { externalSecretsMetrics, externalSecretsMetricsPort } from "./values.ts";
