import type { Plan } from "../model/index.ts";
import { judge } from "./gates/index.ts";
import { mustNotReach, mustReach } from "./lists/index.ts";
import { readModel } from "./model.ts";
import type { Finding } from "./types.ts";

export { joinRows, problemLine, type Row, reachabilityText, toRows } from "./report.ts";
export type { Finding } from "./types.ts";

/**
 * Every path that must exist and every path that must not, with the verdict of security groups, access lists, route tables,
 * endpoints and network policies together, and the rule that decides.
 *
 * It does not judge permissions of roles, Kubernetes RBAC, certificates, or hosts of the internet: `allowed` means that
 * packets arrive at the edge of the network.
 *
 * @throws Error for a preview, and for a plan whose references lead nowhere.
 */
export function reachability(plan: Plan): readonly Finding[] {
  const model = readModel(plan);
  return [...mustReach(model), ...mustNotReach(model)].map((expectation) => {
    const answer = judge(model, expectation.flow);
    const accepted = answer.verdict === "unknown" && expectation.outside !== undefined;
    const holds =
      expectation.must === "reach" ? answer.verdict === "allowed" || accepted : answer.verdict === "denied";
    return { ...expectation, answer, holds };
  });
}
