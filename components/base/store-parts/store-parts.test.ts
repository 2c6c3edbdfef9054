import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import {
  createClientSecurityGroup,
  createMskLogGroup,
  finalSnapshotIdentifier,
  inZoneOrder,
} from "./index.ts";

/** The plan of a store that owns the resources. */
function planStore(create: (parent: pulumi.Resource) => void): Promise<Plan> {
  return planProgram(() => {
    create(new pulumi.ComponentResource("test:stores:Store", "store"));
  });
}

const args = {
  product: "PostgreSQL",
  storeName: "task-test-database",
  port: 5432,
  vpcId: "vpc-1",
  clientSecurityGroupIds: { nodes: "sg-nodes", bastion: "sg-bastion" },
  removal: "retain-data",
} as const;

test("only the named groups reach the one port of a store, by reference, and it opens no connection", async () => {
  const plan = await planStore((parent) => createClientSecurityGroup("main", args, parent));
  const group = plan.one("aws:ec2/securityGroup:SecurityGroup", "main-security-group");
  expect(group.inputs).toEqual({ description: "PostgreSQL of task-test-database.", vpcId: "vpc-1" });
  const rules = plan.all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
  const port = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 5432, toPort: 5432 };
  expect(Object.fromEntries(rules.map(({ name, inputs }) => [name, inputs]))).toEqual({
    "main-ingress-nodes": {
      ...port,
      description: "PostgreSQL from nodes.",
      referencedSecurityGroupId: "sg-nodes",
    },
    "main-ingress-bastion": {
      ...port,
      description: "PostgreSQL from bastion.",
      referencedSecurityGroupId: "sg-bastion",
    },
  });
  expect(plan.all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")).toEqual([]);
});

test.each([
  ["remove", false],
  ["retain-data", true],
  ["retain-all", true],
] as const)(
  "with removal %s the group of a store is retained: %s, and never protected",
  async (removal, kept) => {
    const plan = await planStore((parent) => createClientSecurityGroup("main", { ...args, removal }, parent));
    const { options } = plan.one("aws:ec2/securityGroup:SecurityGroup");
    expect([options.retainOnDelete ?? false, options.protect ?? false]).toEqual([kept, false]);
  },
);

test("a last snapshot has a suffix that changes with everything that replaces the store", async () => {
  const replacedBy = { storeName: "task-test-queue", key: "key-data" };
  let identifier: pulumi.Output<string> | undefined;
  const plan = await planProgram(() => {
    identifier = finalSnapshotIdentifier(
      "queue",
      "task-test-queue",
      replacedBy,
      new pulumi.ComponentResource("test:stores:Store", "store"),
    );
    return { identifier };
  });
  const suffix = plan.one("random:index/randomId:RandomId", "queue-final-snapshot");
  expect(suffix.inputs).toEqual({ byteLength: 4, keepers: replacedBy });
  expect(plan.outputs.identifier).toBe(`task-test-queue-final-${String(suffix.outputs.hex)}`);
});

test("a log group of MSK has a prefix that needs no resource policy, a key and a retention", async () => {
  const plan = await planStore((parent) =>
    createMskLogGroup("events-logs", { blockName: "events", retentionDays: 30, keyArn: "key-logs" }, parent),
  );
  expect(plan.one("aws:cloudwatch/logGroup:LogGroup", "events-logs").inputs).toEqual({
    namePrefix: "/aws/vendedlogs/msk/events-",
    retentionInDays: 30,
    kmsKeyId: "key-logs",
  });
});

test("values come in the order of their zones", () => {
  expect(inZoneOrder({ "us-east-1c": 3, "us-east-1a": 1, "us-east-1b": 2 })).toEqual([1, 2, 3]);
});
