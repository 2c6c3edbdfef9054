export { Backups, type BackupsArgs, dailySchedule } from "./backups.ts";
export { checkBackupSettings } from "./check-settings.ts";
export type { BackupSettings } from "./settings.ts";
