import { accountFindings, secretsKeyFindings } from "./account.ts";
import { awsBy } from "./aws.ts";
import { costTagFinding, type ResolveNameServers, subscriptionFindings, zoneFinding } from "./domain.ts";
import { machineFindings, type Versions } from "./machine.ts";
import type { Place } from "./place.ts";
import { quotaFindings } from "./quotas.ts";
import { type Ask, type Finding, ok, problem, unknown } from "./types.ts";

export interface Examined {
  readonly ask: Ask;
  readonly versions: Versions;
  readonly resolve: ResolveNameServers;
  /** Left out where only the machine is asked. */
  readonly place?: Omit<Place, "deployed">;
  /** What a deploy refuses in spec and stack file, such as example values. */
  readonly deployProblems?: readonly string[];
}

/** Every finding, in the order in which a person goes on. It changes nothing. */
export async function examine(examined: Examined): Promise<readonly Finding[]> {
  const { ask, versions, place, deployProblems = [] } = examined;
  const machine = machineFindings(ask, versions);
  if (place === undefined) return machine;
  const stackFile = `Pulumi.${place.name}.yaml`;
  const values =
    deployProblems.length === 0
      ? [ok(stackFile, "a deploy accepts it")]
      : deployProblems.map((text) => problem(stackFile, text, "replace the value"));
  return [...machine, ...values, ...(await accountPart(examined, place))];
}

/** Asks the account only with its own credentials: the answers of another account would be wrong without looking so. */
async function accountPart(
  { ask, resolve }: Examined,
  read: Omit<Place, "deployed">,
): Promise<readonly Finding[]> {
  const aws = awsBy(ask);
  const { accountId } = read;
  const what = "credentials";
  const toDo = `sign in to account ${accountId}, then run the command again: all other questions need it`;
  const signedIn = aws.text("sts get-caller-identity --query Account --output text");
  if (signedIn === undefined) return [unknown(what, "none that AWS accepts", toDo)];
  if (signedIn !== accountId) return [problem(what, `got account ${signedIn}; allowed: ${accountId}`, toDo)];
  const { clusterName, spec } = read;
  const deployed = aws.exists(`eks describe-cluster --name ${clusterName} --region ${spec.region}`) === "yes";
  const place: Place = { ...read, deployed };
  return [
    ok(what, `account ${accountId}`),
    ...accountFindings(place, aws),
    ...secretsKeyFindings(place, aws),
    ...quotaFindings(place, aws),
    await zoneFinding(place, aws, resolve),
    costTagFinding(place, aws),
    ...subscriptionFindings(place, aws),
  ];
}

/** The report: one line for each finding, with what to do below it, and a count at the end. */
export function reportText(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ status, what, says, toDo }) => [
    `${(status === "ok" ? "OK" : status).padEnd(8)} ${what}: ${says}`,
    ...(toDo === undefined ? [] : [`         to do: ${toDo}`]),
  ]);
  const count = (status: Finding["status"]): number =>
    findings.filter((finding) => finding.status === status).length;
  return [
    ...lines,
    "",
    `${count("ok")} OK, ${count("problem")} problems, ${count("unknown")} unknown`,
    "",
  ].join("\n");
}
