import { allTopics } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { specs } from "../../stacks/index.ts";
import type { Plan } from "../../tools/plan/index.ts";
import { statementsOfRole } from "./permissions.ts";
import { configOf, environments, planOf } from "./plan-of.ts";

const providerOf = (plan: Plan, name: string) => plan.one("pulumi:providers:aws", name);

test.each(environments)("the fixed physical names of %s are exactly these", async (name) => {
  const plan = await planOf(name);
  expect(plan.one("eks:index:Cluster").inputs.name).toBe(`task-${name}`);
  expect(plan.one("aws:rds/instance:Instance").inputs.identifier).toBe(`task-${name}-database`);
  const group = plan.one("aws:elasticache/replicationGroup:ReplicationGroup").inputs;
  expect(group.replicationGroupId).toBe(`task-${name}-queue`);
  expect(plan.one("aws:elasticache/user:User", "queue-application").inputs.userName).toBe(
    `task-${name}-application`,
  );
  const aliases = plan.all("aws:kms/alias:Alias").map((alias) => alias.inputs.name as string);
  expect(aliases.length).toBeGreaterThan(2);
  expect(aliases.filter((alias) => !alias.startsWith(`alias/task-${name}-`))).toEqual([]);
});

test.each(environments)(
  "the providers of %s work in its account and regions only, and tag every resource",
  async (name) => {
    const plan = await planOf(name);
    const { region, recoveryRegion, tags } = specs[name];
    for (const [provider, where] of [
      ["aws-home", region],
      ["aws-recovery", recoveryRegion],
    ] as const) {
      const { inputs } = providerOf(plan, provider);
      expect(inputs.region).toBe(where);
      expect(JSON.parse(inputs.allowedAccountIds as string)).toEqual(["111111111111"]);
      expect(JSON.parse(inputs.defaultTags as string)).toEqual({
        tags: {
          Project: "task-platform",
          Environment: name,
          Owner: tags.owner,
          CostCenter: tags.costCenter,
          DataClassification: tags.dataClassification,
          ManagedBy: "pulumi",
        },
      });
    }
  },
);

/** Resources of the copy of the trail, and the alarm on its delay. */
const trailCopies = [
  ...["audit-trail-copy", "audit-trail-copy-alarm-late"],
  ...["recovery-alerts", "recovery-ticket", "recovery-ticket-task-platform-prod@example.com"],
];

test.each(environments)(
  "in %s every resource has a provider of the program, and only copies are in the recovery region",
  async (name) => {
    const plan = await planOf(name);
    const custom = plan.resources.filter((r) => r.custom && !r.type.startsWith("pulumi:"));
    expect(custom.length).toBeGreaterThan(100);
    expect(custom.filter((r) => r.options.provider === "")).toEqual([]);
    const elsewhere = custom.filter((r) => r.options.provider.includes("::aws-recovery::"));
    const copies = [
      ...(specs[name].postgres.recoveryRetentionDays > 0 ? ["recovery-data"] : []),
      ...(name === "prod" ? ["recovery-secrets"] : []),
      ...(specs[name].operations.backups === "none" ? [] : ["backups-copies", "recovery-backups"]),
      ...(name === "prod" ? [...trailCopies, "recovery-trail"] : []),
    ];
    expect([...new Set(elsewhere.map((r) => r.name))].toSorted()).toEqual(copies.toSorted());
  },
);

test("prod copies its backups to the recovery region, with a key of that region", async () => {
  const plan = await planOf("prod");
  const copy = plan.one("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication");
  expect(copy.inputs).toMatchObject({ region: "eu-west-1", retentionPeriod: 14 });
  expect(copy.inputs.kmsKeyId).toMatch(/^arn:aws:kms:eu-west-1:111111111111:key\//);
  expect(copy.inputs.kmsKeyId).toBe(plan.one("aws:kms/key:Key", "recovery-data").outputs.arn);
});

test("prod copies its trail to the recovery region, with a key and a delay alarm of that region", async () => {
  const plan = await planOf("prod");
  const arnOf = (type: string, name: string) => plan.one(type, name).outputs.arn;
  const trail = plan.one("aws:cloudtrail/trail:Trail").inputs;
  const copy = plan.one("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
  expect(copy.inputs.bucket).toBe(trail.s3BucketName);
  expect(copy.inputs.rules).toMatchObject([
    {
      destination: {
        bucket: arnOf("aws:s3/bucket:Bucket", "audit-trail-copy"),
        encryptionConfiguration: { replicaKmsKeyId: arnOf("aws:kms/key:Key", "recovery-trail") },
      },
    },
  ]);
  expect(arnOf("aws:kms/key:Key", "recovery-trail")).toMatch(/^arn:aws:kms:eu-west-1:/);
  const late = plan.one("aws:cloudwatch/metricAlarm:MetricAlarm", "audit-trail-copy-alarm-late");
  const topic = plan.one("aws:sns/topic:Topic", "recovery-ticket");
  expect(late.inputs.alarmActions).toEqual([topic.outputs.arn]);
  expect(topic.outputs.arn).toMatch(/^arn:aws:sns:eu-west-1:/);
  expect(topic.inputs.kmsMasterKeyId).toBe(arnOf("aws:kms/key:Key", "recovery-alerts"));
});

test.each(environments)(
  "the deploy role of %s works only in regions where the program creates something",
  async (name) => {
    const plan = await planOf(name);
    const statements = statementsOfRole(plan, "github-deploy");
    const allowed = (of: string, key: string): readonly string[] =>
      statements
        .find(({ sid }) => sid === of)
        ?.conditions.flatMap(([, name, values]) => (name === key ? values : [])) ?? [];
    const { region, recoveryRegion } = specs[name];
    const abroad = plan.resources.some((r) => r.custom && r.options.provider.includes("::aws-recovery::"));
    expect(allowed("ChangeNetwork", "aws:RequestedRegion")).toEqual(
      abroad ? [region, recoveryRegion] : [region],
    );
  },
);

test.each(environments)("%s has exactly the topics of the contracts", async (name) => {
  const plan = await planOf(name);
  const topics = plan.all("aws:msk/topic:Topic").map(({ inputs }) => ({
    name: inputs.name,
    partitions: inputs.partitionCount,
    replicationFactor: inputs.replicationFactor,
    ...(JSON.parse(inputs.configs as string) as Record<string, string>),
  }));
  const expected = allTopics.map((topic) => ({
    name: topic.name,
    partitions: topic.partitions,
    replicationFactor: topic.replicationFactor,
    "cleanup.policy": "delete",
    "min.insync.replicas": String(topic.minInSyncReplicas),
    "retention.ms": String(topic.retentionHours * 3_600_000),
  }));
  expect(topics).toEqual(expected.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
});

/** Stores and what they need. Every resource type that holds data must be here. */
const dataTypes = [
  "aws:rds/instance:Instance",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:msk/cluster:Cluster",
  "aws:msk/topic:Topic",
  "aws:kms/key:Key",
  "aws:s3/bucket:Bucket",
];

test.each(environments)("a destroy of %s leaves what its spec says", async (name) => {
  const plan = await planOf(name);
  const { removal } = specs[name];
  const stores = dataTypes.flatMap((type) => plan.all(type));
  const kept = removal !== "remove";
  expect(stores.length).toBeGreaterThan(10);
  expect(stores.filter((r) => r.options.protect !== kept || r.options.retainOnDelete !== kept)).toEqual([]);
  for (const type of ["aws:ec2/vpc:Vpc", "aws:eks/cluster:Cluster"]) {
    const [foundation] = plan.all(type);
    expect([type, foundation?.options.protect]).toEqual([type, removal === "retain-all"]);
  }
});

test.each(environments)(
  "%s has the same resources in a first preview and with all values known",
  async (name) => {
    const urns = async (mode: "preview" | "resolved") =>
      (await planOf(name, { mode })).resources.map((resource) => resource.urn);
    expect(await urns("preview")).toEqual(await urns("resolved"));
  },
);

/**
 * What a spec may leave out as a whole: account-wide things, copies elsewhere with their keys and alerts, failover, and
 * an issuer.
 */
const optional =
  /:(audit:Audit|edge:Distribution|issuer:Issuer|logArchive:LogArchive|recovery:Backups)\b|(InstanceAutomatedBackupsReplication|HealthCheck|VpcBlockPublicAccessOptions)$|^aws:(kms|sns)\//;

test("staging has the resource types of prod, except for those that a spec may leave out", async () => {
  const kinds = async (name: "staging" | "prod") => {
    const all = (await planOf(name)).resources.map(({ urn }) => urn.split("::")[2] ?? "");
    return [...new Set(all.filter((types) => !optional.test(types)))].toSorted();
  };
  expect(await kinds("staging")).toEqual(await kinds("prod"));
});

test("exactly one environment of each account and region owns the block of public access", () => {
  const owners = Map.groupBy(
    environments.filter((name) => specs[name].network.publicAccessBlock === "ingress"),
    (name) => `${configOf(name)["task-platform:accountId"]} ${specs[name].region}`,
  );
  const places = environments.map(
    (name) => `${configOf(name)["task-platform:accountId"]} ${specs[name].region}`,
  );
  expect([...owners.keys()].toSorted()).toEqual([...new Set(places)].toSorted());
  expect([...owners.values()].filter((names) => names.length > 1)).toEqual([]);
});
