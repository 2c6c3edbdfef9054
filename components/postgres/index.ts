export { postgresPort } from "./access.ts";
export type { PostgresArgs } from "./args.ts";
export { checkPostgresSettings } from "./check-settings.ts";
export { type ConnectionPool, connectionProblems } from "./connections.ts";
export { type InstanceClass, instanceClasses, maxConnections } from "./instance-classes.ts";
export { Postgres } from "./postgres.ts";
export type { PostgresSettings } from "./settings.ts";
export { connectStatement } from "./statements.ts";
export { type PostgresVersion, postgresVersions } from "./versions.ts";
