import { database, restApi } from "@task-platform/contracts";
import type { Problem } from "../../../components/base/core/index.ts";
import type { EnvironmentSpec } from "../../../stacks/index.ts";

/** Row and index entries of one applied event, measured with 300,000 rows: 246 bytes. */
const bytesPerEffect = 250;
/** Row and index entries of one idempotency key with the answer to a create, measured with 100,000 rows: 913 bytes. */
const bytesPerKey = 920;
const secondsPerHour = 3_600;
const bytesPerGiB = 1024 ** 3;
/** The rest is for the tasks themselves, for dead rows and for the time until somebody acts on the alarm. */
const fullestPercent = 70;

/**
 * Whether the tables that grow with every event fit the database: the activity for the days that are kept, and the
 * idempotency keys for their lifetime, if every change has one.
 */
export function growthProblems({ postgres, kafka }: EnvironmentSpec): Problem[] {
  const rate = kafka.averageEventsPerSecond;
  // Today counts too.
  const days = database.activity.keptDays + 1;
  const hours = restApi.keyLifetimeHours;
  const activityGiB = (rate * secondsPerHour * 24 * days * bytesPerEffect) / bytesPerGiB;
  const keysGiB = (rate * secondsPerHour * hours * bytesPerKey) / bytesPerGiB;
  const leastGiB = Math.ceil(((activityGiB + keysGiB) * 100) / fullestPercent);
  if (postgres.maxStorageGiB >= leastGiB) return [];
  return [
    {
      argument: "postgres.maxStorageGiB",
      given:
        `${postgres.maxStorageGiB}, with kafka.averageEventsPerSecond ${rate}: ` +
        `activity ${rate}/s x ${days} days x ${bytesPerEffect} B = ${Math.ceil(activityGiB)} GiB, ` +
        `idempotency keys ${rate}/s x ${hours} hours x ${bytesPerKey} B = ${Math.ceil(keysGiB)} GiB`,
      allowed: `${leastGiB} or more, so that both fill at most ${fullestPercent} %`,
      fix: "raise the ceiling: it costs nothing until it is used",
    },
  ];
}
