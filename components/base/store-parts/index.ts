export { createClientSecurityGroup } from "./client-security-group.ts";
export { finalSnapshotIdentifier } from "./final-snapshot.ts";
export { createMskLogGroup } from "./msk-log-group.ts";
export { inZoneOrder } from "./zone-order.ts";
