export { trailAlarms } from "./alarm-specs.ts";
export { Audit, type AuditArgs } from "./audit.ts";
export { checkAuditSettings } from "./check-settings.ts";
export type { AuditSettings } from "./settings.ts";
