import { allTopics } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { pages } from "../../stacks/index.ts";
import type { Plan } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

const providerOf = (plan: Plan, name: string) => plan.one("pulumi:providers:aws", name);

test.each(environments)("physical names of %s that outsiders use are exactly these", async (name) => {
  const plan = await planOf(name);
  expect(plan.one("eks:index:Cluster").inputs.name).toBe(`task-${name}`);
  expect(plan.one("aws:rds/instance:Instance").inputs.identifier).toBe(`task-${name}-database`);
  const group = plan.one("aws:elasticache/replicationGroup:ReplicationGroup").inputs;
  expect(group.replicationGroupId).toBe(`task-${name}-queue`);
  expect(plan.one("aws:elasticache/user:User", "queue-application").inputs.userName).toBe(
    `task-${name}-application`,
  );
  const aliases = plan.all("aws:kms/alias:Alias").map((alias) => alias.inputs.name as string);
  expect(aliases.filter((alias) => !alias.startsWith(`alias/task-${name}-`))).toEqual([]);
});

test.each(environments)(
  "providers of %s work in its account and regions only, and tag all they make",
  async (name) => {
    const plan = await planOf(name);
    const { region, recoveryRegion, tags } = pages[name];
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

test.each(environments)(
  "in %s everything has a provider of the program, and only copies are in the other region",
  async (name) => {
    const plan = await planOf(name);
    const custom = plan.resources.filter((r) => r.custom && !r.type.startsWith("pulumi:"));
    expect(custom.filter((r) => r.options.provider === "")).toEqual([]);
    const elsewhere = custom.filter((r) => r.options.provider.includes("::aws-recovery::"));
    const copies = [
      ...(pages[name].postgres.recoveryRetentionDays > 0 ? ["recovery-data"] : []),
      ...(name === "prod" ? ["recovery-secrets"] : []),
      ...(pages[name].operations.backups === "none" ? [] : ["backups-copies", "recovery-backups"]),
    ];
    expect([...new Set(elsewhere.map((r) => r.name))].toSorted()).toEqual(copies.toSorted());
  },
);

test("prod copies its backups to the other region, under a key that is there", async () => {
  const plan = await planOf("prod");
  const copy = plan.one("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication");
  expect(copy.inputs).toMatchObject({ region: "eu-west-1", retentionPeriod: 14 });
  expect(copy.inputs.kmsKeyId).toMatch(/^arn:aws:kms:eu-west-1:111111111111:key\//);
  expect(copy.inputs.kmsKeyId).toBe(plan.one("aws:kms/key:Key", "recovery-data").outputs.arn);
});

test.each(environments)("%s has every topic of the contracts and no other", async (name) => {
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

/** Stores and what they stand on; nothing may be missing here when it holds data. */
const dataTypes = [
  "aws:rds/instance:Instance",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:msk/cluster:Cluster",
  "aws:msk/topic:Topic",
  "aws:kms/key:Key",
  "aws:s3/bucket:Bucket",
];

test.each(environments)("a destroy of %s leaves what its page says", async (name) => {
  const plan = await planOf(name);
  const { removal } = pages[name];
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
  "the same things are made for %s in a first preview and with everything known",
  async (name) => {
    const urns = async (mode: "preview" | "resolved") =>
      (await planOf(name, { mode })).resources.map((resource) => resource.urn);
    expect(await urns("preview")).toEqual(await urns("resolved"));
  },
);

/** What a page may leave out as a whole: account-wide things, copies elsewhere with their keys, failover, and an issuer. */
const optional =
  /:(audit:Audit|edge:Distribution|images:Images|issuer:Issuer|recovery:Backups)\b|(InstanceAutomatedBackupsReplication|HealthCheck)$|^aws:kms\//;

test("what is made for staging is of the kinds that prod has, but for what a page may leave out", async () => {
  const kinds = async (name: "staging" | "prod") => {
    const all = (await planOf(name)).resources.map(({ urn }) => urn.split("::")[2] ?? "");
    return [...new Set(all.filter((types) => !optional.test(types)))].toSorted();
  };
  expect(await kinds("staging")).toEqual(await kinds("prod"));
});
