/**
 * Times in UTC, the same everywhere: 02:30 to 05:00 is late evening in us-east-1 and early morning in eu-west-1. The
 * cache has other hours, so both are never down at once.
 */
export const backupWindow = "02:30-03:30";
export const maintenanceWindow = "sun:04:00-sun:05:00";

/** The managed password is rotated inside the maintenance window. Secrets Manager supports no minutes. */
export const masterRotation = { scheduleExpression: "cron(0 4 ? * SUN *)", duration: "1h" };

/** Start and end of a window such as "02:30-03:30" or "sun:04:00-sun:05:00", in minutes from midnight. */
export function windowMinutes(window: string): { readonly from: number; readonly to: number } {
  const [from = "", to = ""] = window.split("-").map((end) => end.replace(/^[a-z]{3}:/, ""));
  return { from: toMinutes(from), to: toMinutes(to) };
}

function toMinutes(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}
