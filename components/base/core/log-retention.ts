import { choiceProblems, type Problem } from "./problems.ts";

/** The only retentions that CloudWatch Logs accepts, up to ten years. */
const retentionsDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Checks the retention of a log group. CloudWatch itself refuses it only after the first resources exist. */
export function logRetentionProblems(days: number, argument = "logRetentionDays"): Problem[] {
  return choiceProblems(argument, days, retentionsDays, "use the nearest of these");
}
