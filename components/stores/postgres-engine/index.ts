export { type ConnectionPool, connectionProblems, usableConnectionsPercent } from "./connection-budget.ts";
export { type InstanceClass, includedIops, instanceClasses, maxConnections } from "./instance-classes.ts";
export { maxSlotMiB, parameterList } from "./parameters.ts";
export { postgresVersions, supportProblems } from "./versions.ts";
