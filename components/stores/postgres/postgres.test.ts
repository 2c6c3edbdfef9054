import { expect, test } from "vitest";
import type { Removal } from "../../base/core/index.ts";
import { instanceType, planPostgres } from "./test/plan-postgres.ts";

test("The instance is private, encrypted, logged, in two zones and backed up, and its password is not in the state", async () => {
  const plan = await planPostgres();
  const { finalSnapshotIdentifier, ...inputs } = plan.one(instanceType).inputs;
  const id = (type: string, name: string) => plan.one(type, name).outputs;
  expect(finalSnapshotIdentifier).toMatch(/^task-test-database-final-[0-9a-f]{8}$/);
  expect(inputs).toEqual({
    identifier: "task-test-database",
    tags: { Backup: "daily" },
    engine: "postgres",
    engineVersion: "18",
    engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    allowMajorVersionUpgrade: false,
    autoMinorVersionUpgrade: true,
    applyImmediately: false,
    instanceClass: "db.r7g.xlarge",
    dbName: "tasks",
    username: "task_owner",
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: "key-secrets",
    iamDatabaseAuthenticationEnabled: true,
    port: 5432,
    multiAz: true,
    publiclyAccessible: false,
    dbSubnetGroupName: id("aws:rds/subnetGroup:SubnetGroup", "main-subnets").name,
    vpcSecurityGroupIds: [id("aws:ec2/securityGroup:SecurityGroup", "main-security-group").id],
    parameterGroupName: id("aws:rds/parameterGroup:ParameterGroup", "main-parameters-postgres18").name,
    storageType: "gp3",
    allocatedStorage: 400,
    maxAllocatedStorage: 2000,
    storageEncrypted: true,
    kmsKeyId: "key-data",
    caCertIdentifier: "rds-ca-rsa2048-g1",
    backupRetentionPeriod: 35,
    backupWindow: "02:30-03:30",
    maintenanceWindow: "sun:04:00-sun:05:00",
    deleteAutomatedBackups: false,
    deletionProtection: true,
    copyTagsToSnapshot: true,
    skipFinalSnapshot: false,
    enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: "key-data",
    performanceInsightsRetentionPeriod: 7,
    databaseInsightsMode: "standard",
    monitoringInterval: 15,
    monitoringRoleArn: id("aws:iam/role:Role", "main-monitoring").arn,
  });
});

test("Only the named security groups reach port 5432", async () => {
  const plan = await planPostgres();
  expect(
    plan.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "main-ingress-nodes").inputs,
  ).toEqual({
    description: "PostgreSQL from nodes.",
    securityGroupId: plan.one("aws:ec2/securityGroup:SecurityGroup", "main-security-group").id,
    referencedSecurityGroupId: "sg-nodes",
    ipProtocol: "tcp",
    fromPort: 5432,
    toPort: 5432,
  });
});

test.each<[Removal, boolean, boolean]>([
  ["remove", false, true],
  ["retain-data", true, false],
  ["retain-all", true, false],
])(
  "With removal %s a destroy keeps the data: %s, and changes apply at once: %s",
  async (removal, kept, atOnce) => {
    const plan = await planPostgres({ removal });
    const instance = plan.one(instanceType);
    expect([instance.options.protect ?? false, instance.options.retainOnDelete ?? false]).toEqual([
      kept,
      kept,
    ]);
    expect(instance.inputs.applyImmediately).toBe(atOnce);
    expect(instance.inputs.deleteAutomatedBackups).toBe(!kept);
    const copies = plan.one(
      "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    );
    expect(copies.options.protect ?? false).toBe(kept);
    expect(plan.one("aws:rds/subnetGroup:SubnetGroup").options.protect ?? false).toBe(kept);
  },
);

test("Backups are copied to the recovery region with a key of that region", async () => {
  const plan = await planPostgres();
  expect(
    plan.one("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication").inputs,
  ).toEqual({
    region: "eu-west-1",
    sourceDbInstanceArn: "arn:aws:rds:us-east-1:123456789012:db:task-test-database",
    kmsKeyId: "key-recovery",
    retentionPeriod: 14,
  });
  const none = await planPostgres({ settings: { recoveryRetentionDays: 0 } });
  expect(none.all("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication")).toEqual(
    [],
  );
});

test("Log groups and monitoring role exist before the instance", async () => {
  const plan = await planPostgres();
  const before = [
    ...plan.all("aws:cloudwatch/logGroup:LogGroup"),
    plan.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
  ].map(({ urn }) => urn);
  expect(before).toHaveLength(3);
  expect(plan.one(instanceType).options.dependencies).toEqual(expect.arrayContaining(before));
});

test("Without enhanced monitoring the instance has no role", async () => {
  const { inputs } = (await planPostgres({ settings: { monitoringSeconds: 0 } })).one(instanceType);
  expect(inputs.monitoringInterval).toBe(0);
  expect(Object.hasOwn(inputs, "monitoringRoleArn")).toBe(false);
});

test("Statistics of 15 months turn the advanced mode on", async () => {
  const plan = await planPostgres({ settings: { insightsRetentionDays: 465 } });
  expect(plan.one(instanceType).inputs.databaseInsightsMode).toBe("advanced");
});

test("The primary has alarms, and the topic gets events of the instance and its parameters", async () => {
  const plan = await planPostgres();
  expect(plan.all("aws:cloudwatch/metricAlarm:MetricAlarm")).toHaveLength(7);
  const sources = plan
    .all("aws:rds/eventSubscription:EventSubscription")
    .map(({ inputs }) => [inputs.snsTopic, inputs.sourceIds]);
  const { name } = plan.one("aws:rds/parameterGroup:ParameterGroup").outputs;
  expect(sources).toEqual([
    ["topic", ["task-test-database"]],
    ["topic", [name]],
    ["topic", undefined],
  ]);
});
