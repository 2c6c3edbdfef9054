import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Postgres } from "./index.ts";
import { base, instanceType, planPostgres } from "./test/plan-postgres.ts";

const ownPassword = { settings: { masterPassword: "own" } } as const;

test("A replica has the inputs of the primary and an alarm on its lag, serves reads, and is not protected", async () => {
  const plan = await planPostgres({ settings: { readReplicas: 1, masterPassword: "own" } });
  const primary = plan.one(instanceType, "main");
  const replica = plan.one(instanceType, "main-replica-1");
  expect(replica.inputs.identifier).toBe("task-test-database-replica-1");
  expect(replica.inputs.replicateSourceDb).toBe("task-test-database");
  expect(replica.inputs.skipFinalSnapshot).toBe(true);
  for (const key of ["publiclyAccessible", "storageEncrypted", "parameterGroupName", "vpcSecurityGroupIds"]) {
    expect(replica.inputs[key]).toEqual(primary.inputs[key]);
  }
  expect(replica.options.protect ?? false).toBe(false);
  expect(plan.outputs.readerAddress).toBe(replica.outputs.address);
  expect(plan.outputs.address).toBe(primary.outputs.address);
  plan.one("aws:cloudwatch/metricAlarm:MetricAlarm", "main-alarm-replica-1-lag");
  expect(plan.all("aws:cloudwatch/logGroup:LogGroup")).toHaveLength(4);
});

test("Our password is random, secret in the state, and in a secret of the block", async () => {
  const plan = await planPostgres(ownPassword);
  const primary = plan.one(instanceType);
  expect(Object.hasOwn(primary.inputs, "manageMasterUserPassword")).toBe(false);
  expect(primary.inputs.passwordWoVersion).toEqual(expect.any(Number));
  expect(primary.secretInputs).toEqual(expect.arrayContaining(["passwordWo", "passwordWoVersion"]));
  expect(plan.one("random:index/randomPassword:RandomPassword").inputs).toEqual({
    length: 40,
    special: false,
  });
  expect(plan.one("aws:secretsmanager/secretVersion:SecretVersion").secretInputs).toContain("secretString");
  expect(plan.outputs.masterSecretArn).toBe(plan.one("aws:secretsmanager/secret:Secret").outputs.arn);
});

test("Our master secret has a description, 30 days of recovery, and a copy in the region of the backup copies", async () => {
  const secret = (await planPostgres(ownPassword)).one("aws:secretsmanager/secret:Secret");
  expect(secret.inputs).toEqual({
    namePrefix: "task-test-database-master-",
    description:
      "Master password of task-test-database. For operators in an emergency; applications use IAM.",
    kmsKeyId: "key-secrets",
    recoveryWindowInDays: 30,
    replicas: [{ region: "eu-west-1", kmsKeyId: "key-recovery" }],
  });
});

test("Our master secret has no copy if no backup is copied", async () => {
  const { recoveryKeyArn: _, ...rest } = base;
  const settings = { ...base.settings, masterPassword: "own", recoveryRetentionDays: 0 } as const;
  const plan = await planProgram(() => void new Postgres("main", { ...rest, settings }));
  expect(plan.one("aws:secretsmanager/secret:Secret").inputs).not.toHaveProperty("replicas");
});

test("Only the named roles read our master password, and the policy exists before the value", async () => {
  const plan = await planPostgres(ownPassword);
  const policy = plan.one("aws:secretsmanager/secretPolicy:SecretPolicy");
  const statements = JSON.parse(String(policy.inputs.policy)).Statement as Record<string, unknown>[];
  expect(statements.map(({ Sid, Effect }) => [Sid, Effect])).toEqual([
    ["NothingInTheClear", "Deny"],
    ["NoOtherAccount", "Deny"],
    ["NoOtherReader", "Deny"],
  ]);
  expect(statements[2]?.Condition).toMatchObject({
    ArnNotEquals: { "aws:PrincipalArn": base.masterSecretReaders },
  });
  const version = plan.one("aws:secretsmanager/secretVersion:SecretVersion");
  expect(version.options.dependencies).toContain(policy.urn);
});

test("Pain 19: each major has its own parameter group, and the running instance keeps the old one", async () => {
  const now = (await planPostgres({ settings: { majorVersion: "17" } })).one(
    "aws:rds/parameterGroup:ParameterGroup",
  );
  const next = (await planPostgres()).one("aws:rds/parameterGroup:ParameterGroup");
  expect([now.name, now.inputs.family]).toEqual(["main-parameters-postgres17", "postgres17"]);
  expect([next.name, next.inputs.family]).toEqual(["main-parameters-postgres18", "postgres18"]);
  expect(Object.hasOwn(next.inputs, "name")).toBe(false);
  expect([now.options.protect ?? false, now.options.retainOnDelete]).toEqual([false, true]);
  expect(next.options.deleteBeforeReplace ?? false).toBe(false);
});

test("Pain 20: a replacement is refused, a deletion leaves a snapshot with a new name, and a lost snapshot id deletes nothing", async () => {
  const plan = await planPostgres();
  const instance = plan.one(instanceType);
  expect(instance.options.protect).toBe(true);
  expect(instance.inputs.deletionProtection).toBe(true);
  expect(instance.options.ignoreChanges).toContain("snapshotIdentifier");
  const suffix = plan.one("random:index/randomId:RandomId");
  expect(instance.inputs.finalSnapshotIdentifier).toBe(`task-test-database-final-${suffix.outputs.hex}`);
  expect(suffix.inputs.keepers).toEqual({
    identifier: "task-test-database",
    databaseName: "tasks",
    masterUsername: "task_owner",
    key: "key-data",
  });
});

test("Pain 21: the managed password is rotated in the maintenance window, not at an hour that RDS chooses", async () => {
  const plan = await planPostgres();
  const rotation = plan.one("aws:secretsmanager/secretRotation:SecretRotation").inputs;
  expect(rotation).toEqual({
    secretId: plan.outputs.masterSecretArn,
    rotateImmediately: false,
    rotationRules: { scheduleExpression: "cron(0 4 ? * SUN *)", duration: "1h" },
  });
  expect(plan.outputs.masterSecretArn).toMatch(/^arn:aws:secretsmanager:us-east-1:\d{12}:secret:rds!db-/);
});

test("Blue/green updates use a copy, our password, and logical replication for majors", async () => {
  const settings = { updates: "blue-green", masterPassword: "own", recoveryRetentionDays: 0 } as const;
  const plan = await planPostgres({ settings });
  const instance = plan.one(instanceType).inputs;
  expect(instance.blueGreenUpdate).toEqual({ enabled: true });
  expect(instance).not.toHaveProperty("manageMasterUserPassword");
  expect(instance.backupRetentionPeriod).toBe(35);
  expect(plan.one("aws:rds/parameterGroup:ParameterGroup").inputs.parameters).toContainEqual({
    name: "rds.logical_replication",
    value: "1",
    applyMethod: "pending-reboot",
  });
});

test("Services can sign in to any id during blue/green updates, and only to the known ids otherwise", async () => {
  const settings = { updates: "blue-green", masterPassword: "own", recoveryRetentionDays: 0 } as const;
  expect((await planPostgres({ settings })).outputs.resourceIds).toEqual(["*"]);
  const plan = await planPostgres({ settings: { readReplicas: 1, masterPassword: "own" } });
  const ids = plan.all(instanceType).map(({ outputs }) => outputs.resourceId);
  expect(plan.outputs.resourceIds).toEqual(ids);
  expect(new Set(ids).size).toBe(2);
});
