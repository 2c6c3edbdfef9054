import { database } from "@task-platform/contracts";
import { type Static, Type } from "typebox";
import { Problem, type ProblemDetail } from "../problems/index.ts";

const { keptDays } = database.statistics;
const dayMs = 24 * 60 * 60 * 1_000;
const usualDays = 7;
/** Days in one answer: a quarter. */
export const mostDays = 92;

const day = (description: string) =>
  Type.Optional(Type.String({ format: "date", maxLength: 10, description, examples: ["2026-11-27"] }));

export const statisticsQuery = Type.Object(
  {
    from: day(`The first day, in UTC; ${usualDays - 1} days before the last one if absent.`),
    to: day("The last day, in UTC; today if absent."),
  },
  { additionalProperties: false },
);
export type StatisticsQuery = Static<typeof statisticsQuery>;

/**
 * Every day of the query, oldest first, as "2026-11-27".
 *
 * @throws Problem `invalid-request` that names all that is wrong with the days
 */
export function daysOf({ from, to }: StatisticsQuery, now: Date): readonly string[] {
  const today = Math.floor(now.getTime() / dayMs);
  const last = to === undefined ? today : numberOf(to);
  const first = from === undefined ? last - usualDays + 1 : numberOf(from);
  const oldest = today - keptDays;
  const errors: ProblemDetail[] = [
    ...outside("to", last, oldest, today),
    // Without `from` its day follows from `to`, so there is nothing to blame.
    ...(from === undefined ? [] : outside("from", first, oldest, Math.min(last, today))),
  ];
  if (errors.length === 0 && last - first >= mostDays) {
    errors.push({
      pointer: pointerTo("from"),
      detail: `got ${last - first + 1} days up to ${textOf(last)}; allowed: ${mostDays}; ask for fewer at a time`,
    });
  }
  if (errors.length > 0) throw new Problem("invalid-request", "the days are not allowed", { errors });
  return Array.from({ length: last - first + 1 }, (_, at) => textOf(first + at));
}

/** Like the pointers of a query that does not fit its schema. */
const pointerTo = (parameter: string): string => `querystring: /${parameter}`;

function outside(parameter: string, day: number, least: number, most: number): ProblemDetail[] {
  if (day >= least && day <= most) return [];
  const allowed = `${textOf(least)} to ${textOf(Math.max(least, most))}`;
  return [
    { pointer: pointerTo(parameter), detail: `got ${textOf(day)}; allowed: ${allowed}; days are in UTC` },
  ];
}

/** Days since 1970. */
function numberOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs;
}

function textOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
