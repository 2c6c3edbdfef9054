export type { BackupsArgs } from "./args.ts";
export { Backups } from "./backups.ts";
export { checkBackupSettings } from "./check.ts";
export type { BackupSettings } from "./settings.ts";
