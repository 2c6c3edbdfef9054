import type { Problem } from "./errors.ts";

/** The only retentions CloudWatch Logs takes, up to ten years. */
const retentionsDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What is wrong with the days that a log group keeps; CloudWatch would say so only after the first resources stand. */
export function logRetentionProblems(days: number, argument = "logRetentionDays"): Problem[] {
  if (retentionsDays.includes(days)) return [];
  return [
    {
      argument,
      given: String(days),
      allowed: retentionsDays.join(", "),
      fix: "use the nearest of these",
    },
  ];
}
