import {
  coverage,
  environmentOf,
  evaluate,
  type Rule,
  rules,
  type Verdict,
  waivers,
} from "../../policies/index.ts";
import { specs } from "../../stacks/index.ts";
import { judgedResources } from "../bootstrap/index.ts";
import type { Plan } from "../plan/index.ts";
import { code, markdownDocument, table } from "./markdown.ts";

/** A fixed day before the end of every waiver, because the document must not change by itself. A test checks the end dates. */
const day = "2026-11-25";

/** Images, which belong to no environment. They are judged as strictly as prod, by the rules about resources like them. */
const accountLayer = judgedResources({
  accountId: "111111111111",
  homeRegion: specs.prod.region,
  recoveryRegion: specs.prod.recoveryRegion,
  environments: [],
  people: [],
});
const ofAccountLayer = rules.filter((rule) => rule.controls.some((id) => id.startsWith("ECR-")));

/** Status of one row of the table of controls. */
type Status = "met" | "waived" | "not met" | "nothing to judge" | "elsewhere";

/** The document with the status of every row of the table of controls, and the rules that check it. */
export function controlsDocument(plans: readonly Plan[]): string {
  const verdicts = [
    ...plans.map((plan) =>
      evaluate(
        [...plan.resources, ...plan.madeByAws],
        { environment: environmentOf(plan.stack), today: day },
        rules,
        waivers,
      ),
    ),
    evaluate(accountLayer, { environment: "prod", today: day }, ofAccountLayer, []),
  ];
  const judged = [...plans.flatMap((plan) => plan.resources), ...accountLayer];
  const types = new Set(judged.map((resource) => resource.type));
  const rows = Object.entries(coverage()).map(([id, row]) => {
    if ("notByPolicy" in row) return { id, status: "elsewhere" as Status, by: row.notByPolicy };
    const own = rules.filter((rule) => row.rules.includes(rule.id));
    const status = statusOf(own, verdicts, types);
    return { id, status, by: own.map((rule) => code(rule.id)).join(", ") };
  });
  const count = (status: Status): string => String(rows.filter((row) => row.status === status).length);
  return markdownDocument(
    "Controls",
    [
      "How every row of the table of controls (AWS and Kubernetes sections) stands in the plans of all environments and in what `npm run bootstrap` makes. `met`: its rules judged something and found nothing. `waived`: found, and accepted in `policies/waivers` with a reason and an end. `nothing to judge`: no environment declares such a resource. `elsewhere`: no property of a resource shows it; the words say what does, or that nothing does yet.",
    ],
    [
      table(
        ["met", "waived", "not met", "nothing to judge", "elsewhere"],
        [[count("met"), count("waived"), count("not met"), count("nothing to judge"), count("elsewhere")]],
      ),
      table(
        ["row", "status", "by"],
        rows.map(({ id, status, by }) => [id, status, by]),
      ),
      "## Waivers",
      table(
        ["accepts", "resources", "environments", "reason", "until"],
        waivers.map(({ accepts, resources, statements = [], environments, reason, expires }) => [
          accepts.map(code).join(", "),
          [...resources.map(code), ...statements.map((sid) => `statement ${code(sid)}`)].join(", "),
          environments === "all" ? "all" : environments.join(", "),
          reason,
          expires,
        ]),
      ),
    ],
  );
}

function statusOf(own: readonly Rule[], verdicts: readonly Verdict[], types: ReadonlySet<string>): Status {
  const ids = new Set(own.map((rule) => rule.id));
  if (verdicts.some(({ violations }) => violations.some(({ rule }) => ids.has(rule)))) return "not met";
  if (verdicts.some(({ waived }) => waived.some(({ violation }) => ids.has(violation.rule)))) return "waived";
  const judges = own.some((rule) => rule.types !== "stack" && rule.types.some((type) => types.has(type)));
  const stackRules = own.filter((rule) => rule.types === "stack");
  const judgesStack = stackRules.some((rule) =>
    rule.examples.fail.some((resource) => types.has(resource.type)),
  );
  return judges || judgesStack ? "met" : "nothing to judge";
}
