import { expect, test } from "vitest";
import { program } from "../../infra/program.ts";
import { evaluate, rules, waivers } from "../../policies/index.ts";
import { type EnvironmentSpecs, specs } from "../../stacks/index.ts";
import { planEnvironment } from "../../tools/plan/index.ts";

// Staging as it would be with a replica, and with a copy of its backups as prod has it. No spec is like this today.
const withReplica: EnvironmentSpecs = {
  ...specs,
  staging: {
    ...specs.staging,
    postgres: {
      ...specs.staging.postgres,
      readReplicas: 1,
      masterPassword: "own",
      recoveryRetentionDays: 7,
    },
  },
};
const plan = await planEnvironment("staging", { program: () => program(withReplica) });

const instanceType = "aws:rds/instance:Instance";
const statementsOf = (policy: unknown) =>
  (JSON.parse(String(policy)) as { Statement: { Sid: string; Resource: string | string[] }[] }).Statement;

test("with a read replica the API knows both hosts, and may sign in to both", async () => {
  const [primary, replica] = [
    plan.one(instanceType, "database"),
    plan.one(instanceType, "database-replica-1"),
  ];
  const deployment = plan.one("kubernetes:apps/v1:Deployment", "task-api");
  const text = JSON.stringify(deployment.inputs);
  expect(text).toContain(`{"name":"DATABASE_HOST","value":"${String(primary.outputs.address)}"}`);
  expect(text).toContain(`{"name":"DATABASE_READER_HOST","value":"${String(replica.outputs.address)}"}`);
  const api = plan.one("aws:iam/rolePolicy:RolePolicy", "task-api");
  const connect = statementsOf(api.inputs.policy).find(({ Sid }) => Sid === "ConnectToPostgres");
  const ids = [primary, replica].map(({ outputs }) => String(outputs.resourceId));
  expect([connect?.Resource].flat()).toEqual(
    ids.map((id) => `arn:aws:rds-db:us-east-1:111111111111:dbuser:${id}/task_api`),
  );
});

test("a read replica has alarms for lag and connections, and its log groups exist before it", async () => {
  const watched = plan
    .all("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(({ name }) => name.startsWith("database-alarm-replica-1-"))
    .map(({ inputs }) => inputs.metricName);
  expect(watched).toEqual(expect.arrayContaining(["CPUUtilization", "DatabaseConnections", "ReplicaLag"]));
  const replica = plan.one(instanceType, "database-replica-1");
  const groups = plan
    .all("aws:cloudwatch/logGroup:LogGroup")
    .filter(({ inputs }) => String(inputs.name).includes("database-replica-1"));
  expect(groups).toHaveLength(2);
  expect(replica.options.dependencies).toEqual(expect.arrayContaining(groups.map(({ urn }) => urn)));
});

test("the role of the migration may read the password that the program keeps, and the deploy role may write it", async () => {
  const policy = plan.one("aws:secretsmanager/secretPolicy:SecretPolicy", "database-master-secret").inputs
    .policy;
  const [, , others] = statementsOf(policy) as { Condition?: { ArnNotEquals?: Record<string, string[]> } }[];
  const readers = others?.Condition?.ArnNotEquals?.["aws:PrincipalArn"] ?? [];
  const migrate = String(plan.one("aws:iam/role:Role", "task-migrate").outputs.arn);
  const [pattern = ""] = readers.filter((reader) => reader.endsWith("*"));
  expect(migrate.startsWith(pattern.slice(0, -1))).toBe(true);
  expect(readers.map((reader) => reader.split("/").at(-1))).toEqual([
    "task-migrate-*",
    "task-platform-operator",
    "task-staging-github-deploy",
    "task-platform-break-glass",
  ]);
  const deploy = plan.one("aws:iam/policy:Policy", "github-deploy-choices").inputs.policy;
  const [written] = [statementsOf(deploy).find(({ Sid }) => Sid === "WriteMasterPassword")?.Resource].flat();
  const secret = plan.one("aws:secretsmanager/secret:Secret", "database-master-secret");
  expect(String(secret.outputs.arn)).toContain(String(written).slice(0, -1));
  expect(secret.inputs.replicas).toMatchObject([{ region: "eu-west-1" }]);
});

test("no policy rule refuses a read replica with a password that the program keeps", async () => {
  const { violations } = evaluate(
    plan.resources,
    { environment: "staging", today: "2026-11-25" },
    rules,
    waivers,
  );
  expect(violations.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
});
