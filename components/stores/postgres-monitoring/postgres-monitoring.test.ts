import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import type { PostgresMonitoringArgs } from "./args.ts";
import {
  createEventSubscriptions,
  createInstanceAlarms,
  createLogGroups,
  createMonitoringRole,
} from "./index.ts";

const base: PostgresMonitoringArgs = {
  identifier: "task-test",
  accountId: "123456789012",
  region: "us-east-1",
  removal: "retain-data",
  logKeyArn: "key-logs",
  alarmTopicArn: "topic",
  settings: {
    instanceClass: "db.r7g.xlarge",
    storageGiB: 400,
    logRetentionDays: 90,
    monitoringSeconds: 15,
    updates: "in-place",
  },
};

/** The monitoring of one primary and one replica. */
function planMonitoring(settings: Partial<PostgresMonitoringArgs["settings"]> = {}): Promise<Plan> {
  const args = { ...base, settings: { ...base.settings, ...settings } };
  return planProgram(() => {
    const parent = new pulumi.ComponentResource("test:stores:Database", "database");
    const instance = (identifier: string) =>
      new aws.rds.Instance(identifier, { identifier, instanceClass: "db.r7g.xlarge", engine: "postgres" });
    const [primary, replica] = [instance("task-test"), instance("task-test-replica-1")];
    createLogGroups("main", { key: "primary", identifier: "task-test" }, args, parent);
    createMonitoringRole("main", args, parent);
    createEventSubscriptions("main", { instances: ["task-test"], parameterGroup: "group" }, "topic", parent);
    createInstanceAlarms("main", { primary, replicas: { "replica-1": replica } }, args, parent);
  });
}

test("Log groups have the names that RDS writes to, a key and a retention, and a destroy keeps them", async () => {
  const groups = (await planMonitoring()).all("aws:cloudwatch/logGroup:LogGroup");
  expect(groups.map(({ inputs, options }) => [inputs, options.retainOnDelete])).toEqual(
    ["postgresql", "upgrade"].map((log) => [
      { name: `/aws/rds/instance/task-test/${log}`, retentionInDays: 90, kmsKeyId: "key-logs" },
      true,
    ]),
  );
});

const database = "arn:aws:rds:us-east-1:123456789012:db:task-test";

test.each([
  ["in-place", [database, `${database}-replica-*`]],
  ["blue-green", [database, `${database}-replica-*`, `${database}-green-*`]],
] as const)(
  "With updates %s only RDS takes the monitoring role, for this database only",
  async (updates, arns) => {
    const plan = await planMonitoring({ updates });
    const role = plan.one("aws:iam/role:Role", "main-monitoring");
    expect(JSON.parse(String(role.inputs.assumeRolePolicy)).Statement).toEqual([
      {
        Sid: "Assume",
        Effect: "Allow",
        Principal: { Service: ["monitoring.rds.amazonaws.com"] },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": arns },
        },
      },
    ]);
    expect(plan.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs).toEqual({
      role: role.outputs.name,
      policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    });
  },
);

test("Without enhanced monitoring there is no role", async () => {
  expect((await planMonitoring({ monitoringSeconds: 0 })).all("aws:iam/role:Role")).toEqual([]);
});

test("The topic gets events of the instances, the parameters and security groups of the old kind", async () => {
  const subscriptions = (await planMonitoring()).all("aws:rds/eventSubscription:EventSubscription");
  expect(
    subscriptions.map(({ name, inputs }) => [name, inputs.snsTopic, inputs.sourceType, inputs.sourceIds]),
  ).toEqual([
    ["main-events-instance", "topic", "db-instance", ["task-test"]],
    ["main-events-parameters", "topic", "db-parameter-group", ["group"]],
    ["main-events-security-groups", "topic", "db-security-group", undefined],
  ]);
});

test("The primary and the replica have their whole alarm sets", async () => {
  const alarms = (await planMonitoring())
    .all("aws:cloudwatch/metricAlarm:MetricAlarm")
    .map(({ name, inputs }) => {
      const { metricName, statistic, comparisonOperator, threshold, treatMissingData } = inputs;
      const identifier = name.includes("-replica-1-") ? "task-test-replica-1" : "task-test";
      expect(inputs.dimensions).toEqual({ DBInstanceIdentifier: identifier });
      expect(inputs.alarmActions).toEqual(["topic"]);
      return [name, metricName, statistic, comparisonOperator, threshold, treatMissingData].join(" ");
    });
  const shared = (key: string) => [
    `main-alarm-${key}-connections DatabaseConnections Maximum GreaterThanThreshold 2560 notBreaching`,
    `main-alarm-${key}-cpu CPUUtilization Average GreaterThanThreshold 80 breaching`,
    `main-alarm-${key}-memory FreeableMemory Average LessThanThreshold 3435973836.8 notBreaching`,
    `main-alarm-${key}-queue DiskQueueDepth Average GreaterThanThreshold 120 notBreaching`,
    `main-alarm-${key}-storage FreeStorageSpace Minimum LessThanThreshold 42949672960 notBreaching`,
  ];
  expect(alarms.toSorted()).toEqual(
    [
      ...shared("primary"),
      ...shared("replica-1"),
      "main-alarm-primary-slots OldestReplicationSlotLag Maximum GreaterThanThreshold 42949672960 notBreaching",
      "main-alarm-primary-transaction-ids MaximumUsedTransactionIDs Maximum GreaterThanThreshold 1000000000 notBreaching",
      "main-alarm-replica-1-lag ReplicaLag Maximum GreaterThanThreshold 30 breaching",
    ].toSorted(),
  );
});
