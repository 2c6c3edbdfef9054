/**
 * Times of the block, in UTC and the same everywhere: 02:30 to 05:00 is night in both regions (evening before midnight
 * in us-east-1, early morning in eu-west-1). The cache keeps other hours, so both are never away at once.
 */
export const backupWindow = "02:30-03:30";
export const maintenanceWindow = "sun:04:00-sun:05:00";

/** The managed password turns inside the maintenance window; Secrets Manager knows no minutes. */
export const masterRotation = { scheduleExpression: "cron(0 4 ? * SUN *)", duration: "1h" };

/** Minutes from midnight at which a window such as "02:30-03:30" or "sun:04:00-sun:05:00" begins and ends. */
export function windowMinutes(window: string): { readonly from: number; readonly to: number } {
  const [from = "", to = ""] = window.split("-").map((end) => end.replace(/^[a-z]{3}:/, ""));
  return { from: toMinutes(from), to: toMinutes(to) };
}

function toMinutes(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}
