import { database, restApi } from "@task-platform/contracts";
import type { Problem } from "../../../components/base/core/index.ts";
import type { EnvironmentSpec } from "../../../stacks/index.ts";

const hoursPerDay = 24;
const secondsPerHour = 3_600;
const bytesPerGiB = 1024 ** 3;
/** The rest is for the tasks themselves, for closed days, for dead rows and for the time until somebody acts on the alarm. */
const fullestPercent = 70;

/** Tables that grow with every event. Today counts too. */
const growing = [
  // Row and index entries of one applied event, measured with 300,000 rows: 246 bytes.
  { name: "activity", hours: (database.activity.keptDays + 1) * hoursPerDay, bytes: 250 },
  // One created or completed task, measured with 300,000 rows: 267 bytes. Other changes are not counted, so this is the most.
  { name: "statistics", hours: (database.statistics.openDays + 1) * hoursPerDay, bytes: 270 },
  // One idempotency key with the answer to a create, measured with 100,000 rows: 913 bytes.
  { name: "idempotency keys", hours: restApi.keyLifetimeHours, bytes: 920 },
];

/**
 * Whether the tables that grow with every event fit the database: the activity and the statistics for the days that are kept,
 * and the idempotency keys for their lifetime, if every change has one.
 */
export function growthProblems({ postgres, kafka }: EnvironmentSpec): Problem[] {
  const rate = kafka.averageEventsPerSecond;
  const tables = growing.map((table) => ({
    ...table,
    giB: (rate * secondsPerHour * table.hours * table.bytes) / bytesPerGiB,
  }));
  const leastGiB = Math.ceil((tables.reduce((sum, { giB }) => sum + giB, 0) * 100) / fullestPercent);
  if (postgres.maxStorageGiB >= leastGiB) return [];
  const sizes = tables.map(
    ({ name, hours, bytes, giB }) =>
      `${name} ${rate}/s x ${hours} hours x ${bytes} B = ${Math.ceil(giB)} GiB`,
  );
  return [
    {
      argument: "postgres.maxStorageGiB",
      given: `${postgres.maxStorageGiB}, with kafka.averageEventsPerSecond ${rate}: ${sizes.join(", ")}`,
      allowed: `${leastGiB} or more, so that all of them fill at most ${fullestPercent} %`,
      fix: "raise the ceiling: it costs nothing until it is used",
    },
  ];
}
