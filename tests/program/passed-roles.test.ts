import { beforeAll, expect, test } from "vitest";
import { pipelineRolePath } from "../../components/delivery/pipeline-roles/index.ts";
import { physicalNames } from "../../infra/names.ts";
import type { Plan } from "../../tools/plan/index.ts";
import { allows, statementsOfRole } from "./permissions.ts";
import { environments, planOf } from "./plan-of.ts";

// Four plans, on a machine that may be busy.
beforeAll(() => Promise.all(environments.map((name) => planOf(name))), 600_000);

/** Services that take a role which trusts another service. */
const onBehalf: Readonly<Record<string, string>> = {
  "cluster-nodes": "eks.amazonaws.com",
  backups: "restore-testing.backup.amazonaws.com",
};

/** Services that a role is for, by whom it trusts, and by whoever takes it for them in this plan. */
function servicesOf(
  plan: Plan,
): ReadonlyMap<string, { readonly arn: string; readonly services: readonly string[] }> {
  const roles = plan.all("aws:iam/role:Role").filter(({ inputs }) => inputs.path !== pipelineRolePath);
  const tested = plan.all("aws:backup/restoreTestingPlan:RestoreTestingPlan").length > 0;
  return new Map(
    roles.map(({ name, inputs, outputs }) => {
      const trust = JSON.parse(String(inputs.assumeRolePolicy)) as {
        Statement: { Principal: { Service?: string | string[] } }[];
      };
      const trusted = trust.Statement.flatMap(({ Principal }) => [Principal.Service ?? []].flat());
      const more = onBehalf[name] !== undefined && (name !== "backups" || tested) ? [onBehalf[name]] : [];
      return [name, { arn: String(outputs.arn), services: [...trusted, ...more] }];
    }),
  );
}

test.each(environments)(
  "the deploy role of %s passes each role to the services that it is for, and to no other",
  async (name) => {
    const plan = await planOf(name);
    const statements = statementsOfRole(plan, "github-deploy");
    const roles = servicesOf(plan);
    const services = new Set(
      [...roles.values()].flatMap((role) => role.services).concat("lambda.amazonaws.com"),
    );
    const wanted = [...roles].flatMap(([role, own]) =>
      own.services.map((service) => `${role} to ${service}`),
    );
    const allowed = [...roles].flatMap(([role, { arn }]) =>
      [...services]
        .filter((service) =>
          allows(statements, {
            action: "iam:PassRole",
            resource: arn,
            context: { "iam:PassedToService": service },
          }),
        )
        .map((service) => `${role} to ${service}`),
    );
    expect(wanted.length).toBeGreaterThan(10);
    expect(allowed.toSorted()).toEqual(wanted.toSorted());
  },
);

test.each(environments)(
  "the deploy role of %s changes the topics of its own cluster, and of no other",
  async (name) => {
    const plan = await planOf(name);
    const statements = statementsOfRole(plan, "github-deploy");
    const region = String(plan.one("aws:msk/cluster:Cluster").outputs.arn).split(":")[3];
    const reachable = [...environments, "other"].filter((other) => {
      const cluster = physicalNames({ spec: { name: other } }).kafka;
      const resource = `arn:aws:kafka:${region}:${plan.config["task-platform:accountId"]}:topic/${cluster}/1/task-events`;
      return ["AlterTopic", "CreateTopic", "DeleteTopic", "DescribeTopic"].some((action) =>
        allows(statements, { action: `kafka-cluster:${action}`, resource, context: {} }),
      );
    });
    expect(reachable).toEqual([name]);
    const own = plan.one("aws:msk/topic:Topic", "events-topic-task-events").outputs.arn;
    expect(
      allows(statements, { action: "kafka-cluster:CreateTopic", resource: String(own), context: {} }),
    ).toBe(true);
  },
);
