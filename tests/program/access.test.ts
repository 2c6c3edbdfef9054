import { expect, test } from "vitest";
import { planSubnets } from "../../components/network/network/index.ts";
import { specs } from "../../stacks/index.ts";
import type { Plan } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

const roles = ["task-analytics", "task-api", "task-migrate", "task-processor", "task-relay"] as const;
const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

function statementsOf(plan: Plan, role: string): readonly Statement[] {
  const { policy } = plan.one("aws:iam/rolePolicy:RolePolicy", role).inputs;
  return (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;
}

test.each(environments)(
  "in %s no role of a workload has a wildcard in an action or a resource",
  async (name) => {
    const plan = await planOf(name);
    const texts = roles.flatMap((role) =>
      statementsOf(plan, role)
        .flatMap((statement) => [...list(statement.Action), ...list(statement.Resource)])
        .map((text) => `${role}: ${text}`),
    );
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => text.includes("*"))).toEqual([]);
  },
);

test("the API may sign in to its database role and to the cache, and do nothing else", async () => {
  const plan = await planOf("prod");
  const { resourceId } = plan.one("aws:rds/instance:Instance").outputs as { resourceId: string };
  expect(statementsOf(plan, "task-api")).toEqual([
    {
      Sid: "ConnectToPostgres",
      Effect: "Allow",
      Action: "rds-db:connect",
      Resource: `arn:aws:rds-db:us-east-1:111111111111:dbuser:${resourceId}/task_api`,
    },
    {
      Sid: "ConnectToCache",
      Effect: "Allow",
      Action: "elasticache:Connect",
      Resource: [
        "arn:aws:elasticache:us-east-1:111111111111:replicationgroup:task-prod-queue",
        "arn:aws:elasticache:us-east-1:111111111111:user:task-prod-application",
      ],
    },
  ]);
});

test("relay, processor and analytics have exactly the Kafka permissions of their rows, per topic", async () => {
  const plan = await planOf("prod");
  const reach = (role: string) =>
    statementsOf(plan, role)
      .filter((statement) => statement.Sid.startsWith("Kafka"))
      .map(({ Sid, Resource }) => [Sid, ...list(Resource).map((arn) => arn.split("/").slice(3).join("/"))]);
  expect(reach("task-relay")).toEqual([
    ["KafkaConnect", ""],
    ["KafkaIdempotence", ""],
    ["KafkaProduce", "task-events"],
  ]);
  expect(reach("task-processor")).toEqual([
    ["KafkaConnect", ""],
    ["KafkaIdempotence", ""],
    [
      "KafkaProduce",
      "task-events.task-processor.dlq",
      "task-events.task-processor.retry.30s",
      "task-events.task-processor.retry.5m",
    ],
    [
      "KafkaConsume",
      "task-events",
      "task-events.task-processor.retry.30s",
      "task-events.task-processor.retry.5m",
    ],
    [
      "KafkaGroups",
      "task-events.task-processor.retry.30s",
      "task-events.task-processor.retry.5m",
      "task-processor",
    ],
  ]);
  expect(reach("task-analytics")).toEqual([
    ["KafkaConnect", ""],
    ["KafkaIdempotence", ""],
    [
      "KafkaProduce",
      "task-events.task-analytics.dlq",
      "task-events.task-analytics.retry.30s",
      "task-events.task-analytics.retry.5m",
    ],
    [
      "KafkaConsume",
      "task-events",
      "task-events.task-analytics.retry.30s",
      "task-events.task-analytics.retry.5m",
    ],
    [
      "KafkaGroups",
      "task-analytics",
      "task-events.task-analytics.retry.30s",
      "task-events.task-analytics.retry.5m",
    ],
  ]);
});

test("the migration reads one secret, and uses its key through Secrets Manager only", async () => {
  const plan = await planOf("prod");
  const secretKey = plan.one("aws:kms/key:Key", "keys-secrets").outputs.arn;
  expect(statementsOf(plan, "task-migrate")).toMatchObject([
    { Action: "secretsmanager:GetSecretValue", Resource: plan.outputs.databaseSecretArn },
    {
      Action: "kms:Decrypt",
      Resource: secretKey,
      Condition: { StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } },
    },
  ]);
});

test.each(roles)(
  "only pods with the service account %s, in its namespace and cluster, can assume its role",
  async (role) => {
    const plan = await planOf("dev");
    const trust = plan.one("aws:iam/role:Role", role).inputs.assumeRolePolicy as string;
    expect(JSON.parse(trust)).toMatchObject({
      Statement: [
        {
          Principal: { Service: ["pods.eks.amazonaws.com"] },
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "111111111111",
              "aws:SourceArn": "arn:aws:eks:us-east-1:111111111111:cluster/task-dev",
              "aws:RequestTag/kubernetes-namespace": "tasks",
              "aws:RequestTag/kubernetes-service-account": role,
            },
          },
        },
      ],
    });
  },
);

interface Rule {
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
  readonly from?: readonly { readonly ipBlock: { readonly cidr: string } }[];
  readonly to?: readonly {
    readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  }[];
}

function policyOf(plan: Plan, name: string) {
  return plan.one("kubernetes:networking.k8s.io/v1:NetworkPolicy", name).inputs.spec as {
    readonly ingress: readonly Rule[];
    readonly egress: readonly Rule[];
    readonly policyTypes: readonly string[];
    readonly podSelector: Readonly<Record<string, unknown>>;
  };
}

test.each(environments)(
  "in %s the namespace denies all traffic, and each workload allows what it needs",
  async (name) => {
    const plan = await planOf(name);
    const { network } = specs[name];
    const tier = (wanted: string) =>
      planSubnets(network.cidr, network.zones)
        .filter((subnet) => subnet.tier === wanted)
        .map((subnet) => subnet.cidr);
    expect(policyOf(plan, "tasks-default-deny")).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    const into = (role: string) =>
      policyOf(plan, role).ingress.map(({ from = [], ports }) => ({
        from: from.map(({ ipBlock }) => ipBlock.cidr),
        ports: ports.map(({ port }) => port),
      }));
    const fromLoadBalancer = { from: tier("public"), ports: [8080, 9090, 8081] };
    const fromCollector = { from: tier("private"), ports: [8081] };
    expect(into("task-api")).toEqual([fromLoadBalancer, fromCollector]);
    expect(into("task-relay")).toEqual([fromCollector]);
    expect(into("task-processor")).toEqual([fromCollector]);
    expect(into("task-analytics")).toEqual([fromCollector]);
    expect(into("task-migrate")).toEqual([]);
    const stores: Readonly<Record<string, readonly number[]>> = {
      "task-analytics": [5432, 9098],
      "task-api": [5432, 6379],
      "task-migrate": [5432],
      "task-processor": [5432, 9098],
      "task-relay": [5432, 9098],
    };
    for (const role of roles) {
      const { egress } = policyOf(plan, role);
      const toData = egress.filter((rule) => rule.to?.[0]?.ipBlock?.cidr === tier("data")[0]);
      expect([role, ...toData.flatMap((rule) => rule.ports.map(({ port }) => port))]).toEqual([
        role,
        ...(stores[role] ?? []),
      ]);
      const toAnywhere = egress.filter((rule) =>
        rule.to?.some(({ ipBlock }) => ipBlock?.cidr === "0.0.0.0/0"),
      );
      expect(toAnywhere.flatMap((rule) => rule.ports.map(({ port }) => port))).toEqual([443]);
      expect(toAnywhere[0]?.to?.[0]?.ipBlock?.except).toContain("10.0.0.0/8");
    }
  },
);

test.each(environments)(
  "in %s each store admits only the nodes of the cluster, on its port",
  async (name) => {
    const plan = await planOf(name);
    const rules = plan
      .all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter((rule) => /:(postgres|cache|kafka):/.test(rule.parent));
    const nodes = rules.find((rule) => rule.name === "database-ingress-nodes")?.inputs
      .referencedSecurityGroupId;
    expect(
      rules.map(({ name: rule, inputs }) => [rule, inputs.fromPort, inputs.toPort, inputs.cidrIpv4]),
    ).toEqual([
      ["queue-ingress-nodes", 6379, 6379, undefined],
      ["events-ingress-client-nodes", 9098, 9098, undefined],
      ["events-ingress-self", 9098, 9098, undefined],
      ["database-ingress-nodes", 5432, 5432, undefined],
    ]);
    expect(
      rules
        .filter((rule) => rule.name.endsWith("nodes"))
        .map((rule) => rule.inputs.referencedSecurityGroupId),
    ).toEqual([nodes, nodes, nodes]);
  },
);
