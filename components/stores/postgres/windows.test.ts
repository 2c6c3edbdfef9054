import { expect, test } from "vitest";
import { backupWindow, maintenanceWindow, masterRotation, windowMinutes } from "./windows.ts";

test("Backup and maintenance do not overlap, and the password is rotated during maintenance", () => {
  const backup = windowMinutes(backupWindow);
  const maintenance = windowMinutes(maintenanceWindow);
  expect([backup, maintenance]).toEqual([
    { from: 150, to: 210 },
    { from: 240, to: 300 },
  ]);
  expect(backup.to).toBeLessThan(maintenance.from);
  expect(masterRotation).toEqual({ scheduleExpression: "cron(0 4 ? * SUN *)", duration: "1h" });
});
