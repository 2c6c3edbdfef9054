import { beforeAll, expect, test } from "vitest";
import { operatorRoleArn } from "../../infra/names.ts";
import { specs } from "../../stacks/index.ts";
import { bootstrapSteps } from "../../tools/bootstrap/index.ts";
import type { Plan } from "../../tools/plan/index.ts";
import { configOf, environments, planOf } from "./plan-of.ts";

// Four plans, on a machine that may be busy.
beforeAll(() => Promise.all(environments.map((name) => planOf(name))), 600_000);

const accountOf = (plan: Plan): string => plan.config["task-platform:accountId"] ?? "";

/** Every command of `npm run bootstrap` for the account of a plan, as one line each. */
function commandsFor(plan: Plan): readonly string[] {
  const steps = bootstrapSteps({
    accountId: accountOf(plan),
    homeRegion: "us-east-1",
    recoveryRegion: specs.prod.recoveryRegion,
    environments,
    people: [`arn:aws:iam::${accountOf(plan)}:user/anna`],
  });
  return steps.flatMap(({ make }) => make.map((command) => command.join(" ")));
}

/** IAM objects of the account that the plan names without making them. Patterns name nothing by themselves. */
function foreignArns(plan: Plan): readonly string[] {
  const own = new Set(plan.resources.map(({ outputs }) => outputs.arn));
  const text = JSON.stringify(plan.resources.map(({ inputs }) => inputs));
  const pattern = new RegExp(
    `arn:aws:iam::${accountOf(plan)}:(?:role|policy|oidc-provider)/[\\w+=,.@/*?-]+`,
    "g",
  );
  return [...new Set(text.match(pattern) ?? [])].filter((arn) => !own.has(arn) && !/[*?]/.test(arn));
}

/** The command that makes an IAM object, up to its name. */
function makerOf(arn: string): string {
  const [, kind = "", path = ""] = /^arn:aws:iam::\d+:([a-z-]+)\/(.+)$/.exec(arn) ?? [];
  const name = path.split("/").at(-1) ?? "";
  const [, service] = /^aws-service-role\/([^/]+)\//.exec(path) ?? [];
  if (service) return `iam create-service-linked-role --aws-service-name ${service}`;
  if (kind === "role") return `iam create-role --role-name ${name} `;
  if (kind === "policy") return `iam create-policy --policy-name ${name} `;
  return `iam create-open-id-connect-provider --url https://${path} `;
}

test.each(environments)(
  "every IAM object that %s names and does not make is made by bootstrap",
  async (name) => {
    const plan = await planOf(name);
    const commands = commandsFor(plan);
    const foreign = foreignArns(plan);
    expect(foreign.map((arn) => arn.split("/").at(-1))).toEqual(
      expect.arrayContaining([
        "AWSServiceRoleForAutoScaling",
        "task-platform-boundary",
        "task-platform-break-glass",
      ]),
    );
    const missing = foreign.filter(
      (arn) => !commands.some((command) => command.startsWith(makerOf(arn).trimEnd())),
    );
    expect(missing).toEqual([]);
  },
);

test.each(environments)(
  "the role that deploys %s the first time is an administrator of the cluster before the deploy makes any role",
  async (name) => {
    const plan = await planOf(name);
    const operator = operatorRoleArn(accountOf(plan));
    const entries = plan.all("aws:eks/accessEntry:AccessEntry").map(({ inputs }) => inputs.principalArn);
    expect(entries).toContain(operator);
    const policies = plan.all("aws:eks/accessPolicyAssociation:AccessPolicyAssociation");
    expect(policies.map(({ inputs }) => inputs.principalArn)).toContain(operator);
    const made = new Set(plan.all("aws:iam/role:Role").map(({ outputs }) => outputs.arn));
    const commands = commandsFor(plan);
    const unmade = entries.filter(
      (arn) => !made.has(arn) && !commands.some((command) => command.startsWith(makerOf(String(arn)))),
    );
    expect(unmade).toEqual([]);
  },
);

test("no environment owns an image repository, and every stack file names one that bootstrap makes", async () => {
  for (const name of environments) {
    const plan = await planOf(name);
    expect(plan.resources.filter(({ type }) => type.startsWith("aws:ecr/"))).toEqual([]);
    const commands = commandsFor(plan);
    const config = configOf(name);
    for (const key of ["taskApiImage", "taskWorkerImage"]) {
      const image = config[`task-platform:${key}`] ?? "";
      const [, region, repository] = /\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^@]+)@/.exec(image) ?? [];
      expect(commands).toContainEqual(
        expect.stringContaining(`ecr create-repository --repository-name ${repository} --region ${region} `),
      );
    }
  }
});
