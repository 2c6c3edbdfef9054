import type { Aws } from "./aws.ts";
import { refused } from "./aws.ts";
import type { Place } from "./place.ts";
import { type Finding, ok, problem, unknown } from "./types.ts";

/** Name servers of a domain as the internet sees them. Rejects when nobody answers. */
export type ResolveNameServers = (domain: string) => Promise<readonly string[]>;

/** The zone is in the account, holds the domain, and the internet asks its name servers: certificates need all three. */
export async function zoneFinding(
  { domain, hostedZoneId }: Place,
  aws: Aws,
  resolve: ResolveNameServers,
): Promise<Finding> {
  const what = `zone ${hostedZoneId}`;
  const command = `route53 get-hosted-zone --id ${hostedZoneId} --output json`;
  const answer = aws.json(command) as
    | {
        readonly HostedZone?: { readonly Name?: string };
        readonly DelegationSet?: { readonly NameServers?: string[] };
      }
    | undefined;
  if (answer === undefined) {
    return aws.exists(command) === "denied"
      ? refused(what, command)
      : problem(
          what,
          "is not in this account",
          "make a public hosted zone, and put its id into the stack file",
        );
  }
  const zone = (answer.HostedZone?.Name ?? "").replace(/\.$/, "");
  if (domain !== zone && !domain.endsWith(`.${zone}`))
    return problem(
      what,
      `holds ${zone}, and not ${domain}`,
      "correct hostedZoneId or domain in the stack file",
    );
  const wanted = toSet(answer.DelegationSet?.NameServers ?? []);
  const toDo = `enter these name servers at the registrar, or as NS record in the parent zone: ${[...wanted].join(", ")}`;
  try {
    const found = toSet(await resolve(zone));
    return [...wanted].every((server) => found.has(server))
      ? ok(what, `${zone} is delegated to it`)
      : problem(what, `the internet asks ${[...found].join(", ") || "nobody"} for ${zone}`, toDo);
  } catch {
    return unknown(what, `nobody answers for the name servers of ${zone}`, toDo);
  }
}

function toSet(servers: readonly string[]): ReadonlySet<string> {
  return new Set(servers.map((server) => server.replace(/\.$/, "").toLowerCase()).toSorted());
}

/** The tag by which the budget counts. AWS knows it a day after the first resource that has it. */
export function costTagFinding({ deployed }: Place, aws: Aws): Finding {
  const what = "cost allocation tag Environment";
  const active = aws.text(
    "ce list-cost-allocation-tags --status Active --tag-keys Environment --query CostAllocationTags[].TagKey --output text",
  );
  const activate =
    "run: aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=Environment,Status=Active";
  if (active === undefined)
    return unknown(
      what,
      "Cost Explorer does not answer here",
      `in the account that pays for this one, ${activate}`,
    );
  if (active !== "") return ok(what, "active");
  return deployed
    ? problem(what, "is not active, so the budget counts nothing", activate)
    : unknown(what, "is not active yet", `a day after the first deploy, ${activate}`);
}

/** Addresses that have not confirmed hear of no alarm. */
export function subscriptionFindings({ deployed, spec }: Place, aws: Aws): readonly Finding[] {
  if (!deployed) return [];
  const what = `subscriptions of alarms in ${spec.region}`;
  const pending = aws.text(
    `sns list-subscriptions --region ${spec.region} --query Subscriptions[?SubscriptionArn=='PendingConfirmation'].Endpoint --output text`,
  );
  if (pending === undefined) return [refused(what, "sns list-subscriptions")];
  return [
    pending === ""
      ? ok(what, "all confirmed")
      : problem(
          what,
          `not confirmed: ${pending.split(/\s+/).join(", ")}`,
          "open the link in the message that AWS sent",
        ),
  ];
}
