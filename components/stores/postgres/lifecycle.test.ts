import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Postgres } from "./index.ts";
import { base, instanceType, planPostgres } from "./test/plan-postgres.ts";

test("A replica shares what the primary has, is watched for lag, serves reads, and may go again", async () => {
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
  const lag = plan.one("aws:cloudwatch/metricAlarm:MetricAlarm", "main-alarm-replica-1-lag").inputs;
  expect([lag.metricName, lag.threshold, lag.dimensions, lag.treatMissingData]).toEqual([
    "ReplicaLag",
    30,
    { DBInstanceIdentifier: "task-test-database-replica-1" },
    "breaching",
  ]);
  expect(plan.all("aws:cloudwatch/logGroup:LogGroup")).toHaveLength(4);
});

test("With replicas, which RDS refuses beside a managed password, the password is random, secret and in our own secret", async () => {
  const plan = await planPostgres({ settings: { readReplicas: 1, masterPassword: "own" } });
  const primary = plan.one(instanceType, "main");
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

const ownPassword = { settings: { masterPassword: "own" } } as const;

test("Our master secret says what it opens, has a month of grace, and a copy where the backups are copied", async () => {
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

test("Our master secret stays in its region where nothing is copied", async () => {
  const { recoveryKeyArn: _, ...rest } = base;
  const settings = { ...base.settings, masterPassword: "own", recoveryRetentionDays: 0 } as const;
  const plan = await planProgram(() => void new Postgres("main", { ...rest, settings }));
  expect(plan.one("aws:secretsmanager/secret:Secret").inputs).not.toHaveProperty("replicas");
});

test("Only the named roles read our master password, from before it is there", async () => {
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

test("A master secret that nobody reads, or everybody, is refused", async () => {
  for (const masterSecretReaders of [[], ["*"], ["arn:aws:iam::210987654321:role/task-migrate"]]) {
    await expect(planPostgres({ ...ownPassword, masterSecretReaders })).rejects.toThrow(
      "masterSecretReaders",
    );
  }
  // Where RDS keeps the password there is no secret of ours to read.
  const managed = await planPostgres({ masterSecretReaders: [] });
  expect(managed.all("aws:secretsmanager/secret:Secret")).toEqual([]);
});

test("Pain 19: a major brings a parameter group of its own, and the old one is left to the running instance", async () => {
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

test("Pain 20: a replacement is refused, a deletion leaves a snapshot of its own name, and a lost snapshot id wipes nothing", async () => {
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

test("Pain 21: the managed password turns in the maintenance window, not at an hour of its own choice", async () => {
  const plan = await planPostgres();
  const rotation = plan.one("aws:secretsmanager/secretRotation:SecretRotation").inputs;
  expect(rotation).toEqual({
    secretId: plan.outputs.masterSecretArn,
    rotateImmediately: false,
    rotationRules: { scheduleExpression: "cron(0 4 ? * SUN *)", duration: "1h" },
  });
  expect(plan.outputs.masterSecretArn).toMatch(/^arn:aws:secretsmanager:us-east-1:\d{12}:secret:rds!db-/);
});

test("Blue/green updates are made on a copy, with a password of ours and replication that a major needs", async () => {
  const settings = { updates: "blue-green", masterPassword: "own", recoveryRetentionDays: 0 } as const;
  const [inPlace, blueGreen] = [await planPostgres(), await planPostgres({ settings })];
  const instance = blueGreen.one(instanceType).inputs;
  expect(instance.blueGreenUpdate).toEqual({ enabled: true });
  expect(instance).not.toHaveProperty("manageMasterUserPassword");
  expect(instance.backupRetentionPeriod).toBeGreaterThan(0);
  const parameters = (plan: typeof inPlace) =>
    plan.one("aws:rds/parameterGroup:ParameterGroup").inputs.parameters;
  const logical = { name: "rds.logical_replication", value: "1", applyMethod: "pending-reboot" };
  expect(parameters(blueGreen)).toContainEqual(logical);
  expect(parameters(inPlace)).not.toContainEqual(logical);
  expect(inPlace.one(instanceType).inputs).not.toHaveProperty("blueGreenUpdate");
});

test("Services sign in while a copy takes over under another id, and by id alone otherwise", async () => {
  const settings = { updates: "blue-green", masterPassword: "own", recoveryRetentionDays: 0 } as const;
  expect((await planPostgres({ settings })).outputs.resourceIds).toEqual(["*"]);
  const plan = await planPostgres({ settings: { readReplicas: 1, masterPassword: "own" } });
  const ids = plan.all(instanceType).map(({ outputs }) => outputs.resourceId);
  expect(plan.outputs.resourceIds).toEqual(ids);
  expect(new Set(ids).size).toBe(2);
});
