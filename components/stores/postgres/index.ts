export type { PostgresArgs, PostgresRestore } from "./args.ts";
export { checkPostgresSettings } from "./check.ts";
export { masterSecretPrefix } from "./master-credentials.ts";
export { postgresPort } from "./network.ts";
export { Postgres } from "./postgres.ts";
export { restoreForms, restoreProblems } from "./restore.ts";
export { keepsMasterPassword, type PostgresSettings } from "./settings.ts";
export { connectStatement } from "./statements.ts";
