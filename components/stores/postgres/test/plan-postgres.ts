import { type Plan, planProgram } from "../../../../tools/plan/index.ts";
import { Postgres, type PostgresArgs } from "../index.ts";

/** A production-like database. Each test changes one part of it. */
export const base: PostgresArgs = {
  settings: {
    majorVersion: "18",
    instanceClass: "db.r7g.xlarge",
    multiZone: true,
    readReplicas: 0,
    masterPassword: "rds",
    updates: "in-place",
    storageGiB: 400,
    maxStorageGiB: 2000,
    backupRetentionDays: 35,
    recoveryRetentionDays: 14,
    deletionProtected: true,
    finalSnapshot: true,
    monitoringSeconds: 15,
    insightsRetentionDays: 7,
    logRetentionDays: 90,
  },
  identifier: "task-test-database",
  databaseName: "tasks",
  masterUsername: "task_owner",
  accountId: "123456789012",
  region: "us-east-1",
  recoveryRegion: "eu-west-1",
  removal: "retain-all",
  vpcId: "vpc-1",
  subnetIds: { "use1-az1": "subnet-1", "use1-az2": "subnet-2" },
  keyArn: "key-data",
  recoveryKeyArn: "key-recovery",
  secretKeyArn: "key-secrets",
  masterSecretReaders: [
    "arn:aws:iam::123456789012:role/task-platform/test/task-migrate-*",
    "arn:aws:iam::123456789012:role/break-glass",
  ],
  logKeyArn: "key-logs",
  alarmTopicArn: "topic",
  clientSecurityGroupIds: { nodes: "sg-nodes" },
  continuousBackup: false,
  connectionPools: [{ workload: "api", maxReplicas: 20, poolSize: 10 }],
};

type Changes = Partial<Omit<PostgresArgs, "settings">> & { settings?: Partial<PostgresArgs["settings"]> };

/** The plan of one database named "main". */
export function planPostgres(changes: Changes = {}): Promise<Plan> {
  const args = { ...base, ...changes, settings: { ...base.settings, ...changes.settings } };
  return planProgram(() => {
    const { address, readerAddress, port, databaseName, arn, resourceId, resourceIds, masterSecretArn } =
      new Postgres("main", args);
    return { address, readerAddress, port, databaseName, arn, resourceId, resourceIds, masterSecretArn };
  });
}

export const instanceType = "aws:rds/instance:Instance";
