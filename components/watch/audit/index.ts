export type { AuditArgs } from "./args.ts";
export { Audit } from "./audit.ts";
export { checkAuditSettings } from "./check.ts";
export type { AuditSettings } from "./settings.ts";
