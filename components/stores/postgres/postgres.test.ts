import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import type { Removal } from "../../base/core/index.ts";
import { Postgres } from "./index.ts";
import { base, instanceType, planPostgres } from "./test/plan-postgres.ts";

test("The instance is private, encrypted, logged, on two zones, backed up and without a password in the state", async () => {
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

test("Only the named groups reach the port, by reference, and nothing leaves", async () => {
  const plan = await planPostgres({ clientSecurityGroupIds: { nodes: "sg-nodes", bastion: "sg-bastion" } });
  const rules = plan.all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
  const securityGroupId = plan.one("aws:ec2/securityGroup:SecurityGroup").outputs.id;
  const rule = { securityGroupId, ipProtocol: "tcp", fromPort: 5432, toPort: 5432 };
  expect(Object.fromEntries(rules.map((r) => [r.name, r.inputs]))).toEqual({
    "main-ingress-nodes": {
      ...rule,
      description: "PostgreSQL from nodes.",
      referencedSecurityGroupId: "sg-nodes",
    },
    "main-ingress-bastion": {
      ...rule,
      description: "PostgreSQL from bastion.",
      referencedSecurityGroupId: "sg-bastion",
    },
  });
  expect(plan.all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")).toEqual([]);
  expect(plan.one("aws:ec2/securityGroup:SecurityGroup").inputs).toEqual({
    description: "PostgreSQL of task-test-database.",
    vpcId: "vpc-1",
  });
});

test.each<[Removal, boolean, boolean]>([
  ["remove", false, true],
  ["retain-data", true, false],
  ["retain-all", true, false],
])("With removal %s the data is kept: %s, and changes come at once: %s", async (removal, kept, atOnce) => {
  const plan = await planPostgres({ removal });
  const instance = plan.one(instanceType);
  expect([instance.options.protect ?? false, instance.options.retainOnDelete ?? false]).toEqual([kept, kept]);
  expect(instance.inputs.applyImmediately).toBe(atOnce);
  expect(instance.inputs.deleteAutomatedBackups).toBe(!kept);
  const copies = plan.one("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication");
  expect(copies.options.protect ?? false).toBe(kept);
  expect(plan.one("aws:rds/subnetGroup:SubnetGroup").options.protect ?? false).toBe(kept);
});

test("Backups are copied into the recovery region under a key that is there", async () => {
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

test("Log groups with key and retention exist before RDS writes to them", async () => {
  const plan = await planPostgres();
  const groups = plan.all("aws:cloudwatch/logGroup:LogGroup");
  expect(groups.map((group) => group.inputs)).toEqual([
    { name: "/aws/rds/instance/task-test-database/postgresql", retentionInDays: 90, kmsKeyId: "key-logs" },
    { name: "/aws/rds/instance/task-test-database/upgrade", retentionInDays: 90, kmsKeyId: "key-logs" },
  ]);
  const before = plan.one(instanceType).options.dependencies;
  expect(groups.map((group) => before.includes(group.urn))).toEqual([true, true]);
  expect(before).toContain(plan.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment").urn);
});

test("Without enhanced monitoring there is no role", async () => {
  const plan = await planPostgres({ settings: { monitoringSeconds: 0 } });
  expect(plan.all("aws:iam/role:Role")).toEqual([]);
  expect(plan.one(instanceType).inputs.monitoringInterval).toBe(0);
  expect(Object.hasOwn(plan.one(instanceType).inputs, "monitoringRoleArn")).toBe(false);
});

test("Statistics of 15 months turn the advanced mode on", async () => {
  const plan = await planPostgres({ settings: { insightsRetentionDays: 465 } });
  expect(plan.one(instanceType).inputs.databaseInsightsMode).toBe("advanced");
});

test("The primary has its whole alarm set", async () => {
  const plan = await planPostgres();
  const alarms = plan.all("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name, inputs }) => {
    const { metricName, statistic, comparisonOperator, threshold, treatMissingData } = inputs;
    expect(inputs.dimensions).toEqual({ DBInstanceIdentifier: "task-test-database" });
    expect(inputs.alarmActions).toEqual(["topic"]);
    return [name, metricName, statistic, comparisonOperator, threshold, treatMissingData].join(" ");
  });
  expect(alarms).toEqual([
    "main-alarm-primary-connections DatabaseConnections Maximum GreaterThanThreshold 2560 notBreaching",
    "main-alarm-primary-cpu CPUUtilization Average GreaterThanThreshold 80 breaching",
    "main-alarm-primary-memory FreeableMemory Average LessThanThreshold 3435973836.8 notBreaching",
    "main-alarm-primary-queue DiskQueueDepth Average GreaterThanThreshold 120 notBreaching",
    "main-alarm-primary-slots OldestReplicationSlotLag Maximum GreaterThanThreshold 42949672960 notBreaching",
    "main-alarm-primary-storage FreeStorageSpace Minimum LessThanThreshold 42949672960 notBreaching",
    "main-alarm-primary-transaction-ids MaximumUsedTransactionIDs Maximum GreaterThanThreshold 1000000000 notBreaching",
  ]);
});

test("RDS tells the topic of the instance, its parameters and groups of the old kind", async () => {
  const plan = await planPostgres();
  const subscriptions = plan.all("aws:rds/eventSubscription:EventSubscription");
  expect(
    subscriptions.map((s) => [s.name, s.inputs.snsTopic, s.inputs.sourceType, s.inputs.sourceIds]),
  ).toEqual([
    ["main-events-instance", "topic", "db-instance", ["task-test-database"]],
    [
      "main-events-parameters",
      "topic",
      "db-parameter-group",
      [plan.one("aws:rds/parameterGroup:ParameterGroup").outputs.name],
    ],
    ["main-events-security-groups", "topic", "db-security-group", undefined],
  ]);
});

test("Every wrong argument is named at once and nothing is made", async () => {
  const { recoveryKeyArn: _left, ...rest } = base;
  const wrong = {
    ...rest,
    identifier: "Task",
    databaseName: "my-tasks",
    masterUsername: "postgres",
    recoveryRegion: "us-east-1",
    subnetIds: { "use1-az1": "subnet-1" },
    clientSecurityGroupIds: {},
    connectionPools: [{ workload: "api", maxReplicas: 300, poolSize: 10 }],
    settings: { ...base.settings, backupRetentionDays: 0 },
  };
  const refused = await planProgram(() => new Postgres("main", wrong)).then(
    () => "made",
    (error: unknown) => String(error),
  );
  expect(refused).toMatch(/postgres "main": 9 problems, nothing was created\./);
  const named = [...refused.matchAll(/^ {2}- ([A-Za-z.]+): got/gm)].map((match) => match[1]);
  expect(named).toEqual([
    "settings.backupRetentionDays",
    "connectionPools",
    "identifier",
    "databaseName",
    "masterUsername",
    "subnetIds",
    "clientSecurityGroupIds",
    "recoveryKeyArn",
    "recoveryRegion",
  ]);
});
