import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type Plan, planEnvironment, repositoryRoot } from "../plan/index.ts";
import {
  criticalPath,
  disasterRecoveryReport,
  disasterRecoveryTables,
  objectives,
  recoveryPoints,
} from "./index.ts";

const document = join(repositoryRoot, "docs", "disaster-recovery.md");
const between = /(?<=<!-- computed: begin -->\n)[\s\S]*(?=<!-- computed: end -->)/;

let prod: Plan;
let dr: Plan;
beforeAll(async () => {
  prod = await planEnvironment("prod");
  dr = await planEnvironment("dr");
});

/** The plan without resources of a type. */
function without(plan: Plan, type: string): Plan {
  const resources = plan.resources.filter((resource) => resource.type !== type);
  return { ...plan, resources, all: (wanted) => resources.filter((resource) => resource.type === wanted) };
}

test("What prod and dr declare keeps both objectives", () => {
  const report = disasterRecoveryReport(prod, dr);
  expect(report.problems).toEqual([]);
  for (const { data, minutes } of report.points) {
    expect(minutes ?? Number.POSITIVE_INFINITY, data).toBeLessThanOrEqual(objectives.recoveryPointMinutes);
  }
  expect(report.recoveryTimeMinutes).toBeLessThanOrEqual(objectives.recoveryTimeMinutes);
});

test.each([
  [
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    "PostgreSQL: tasks, outbox, idempotency keys: 1440 min (copies of the backup plan)",
  ],
  [
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "Audit trail: who did what in the account: lost (the trail is in the home region only)",
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "Kafka: events that nobody has processed yet: lost (nothing says how old an unprocessed event may be)",
  ],
])("Without %s the report names the missed objective", (type, problem) => {
  expect(disasterRecoveryReport(without(prod, type), dr).problems).toEqual([problem]);
});

test("A secret that is not copied is reported as lost with the region", () => {
  const resources = prod.resources.map((resource) =>
    resource.type === "aws:secretsmanager/secret:Secret"
      ? { ...resource, inputs: { ...resource.inputs, replicas: [] } }
      : resource,
  );
  const alone = {
    ...prod,
    resources,
    all: (wanted: string) => resources.filter(({ type }) => type === wanted),
  };
  expect(disasterRecoveryReport(alone, dr).problems).toEqual([
    "Secrets that people bring: lost (in the home region only: secrets-schema-registry)",
  ]);
});

test("A copy of the trail without a promised time has no recovery point", () => {
  const type = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
  const config = prod.one(type);
  const slow = { ...config, inputs: { ...config.inputs, rules: [{ destination: {} }] } };
  const all = (wanted: string) => (wanted === type ? [slow] : prod.all(wanted));
  expect(recoveryPoints({ ...prod, all }, dr).find(({ data }) => data.startsWith("Audit trail"))).toEqual({
    data: "Audit trail: who did what in the account",
    minutes: undefined,
    means: "copied some time",
  });
});

test("Without copies and without replication nothing of PostgreSQL leaves the region", () => {
  const bare = without(
    without(prod, "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"),
    "aws:backup/plan:Plan",
  );
  expect(recoveryPoints(bare, dr)[0]).toEqual({
    data: "PostgreSQL: tasks, outbox, idempotency keys",
    minutes: undefined,
    means: "nothing leaves the region",
  });
});

test("The longest chain is the restored database, then the migration, then the API", () => {
  const kinds = criticalPath(dr)
    .filter(({ minutes }) => minutes >= 1)
    .map(({ type }) => type.split(":").at(-1));
  expect(kinds).toEqual(["Instance", "Job", "Deployment"]);
});

test("docs/disaster-recovery.md has the computed tables", () => {
  const text = readFileSync(document, "utf8");
  const computed = `${disasterRecoveryTables(disasterRecoveryReport(prod, dr))}\n`;
  if (process.env.UPDATE_DOCUMENTS === "1") writeFileSync(document, text.replace(between, `\n${computed}\n`));
  const [found = ""] = between.exec(readFileSync(document, "utf8")) ?? [];
  expect(found.trim()).toBe(computed.trim());
});
