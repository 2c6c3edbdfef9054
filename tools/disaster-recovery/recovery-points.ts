import type { Plan, PlannedResource } from "../plan/index.ts";

/** How much of one kind of data may be lost with the home region. */
export interface RecoveryPoint {
  readonly data: string;
  /** Undefined where nothing copies the data to the recovery region. */
  readonly minutes: number | undefined;
  readonly means: string;
}

/** Transaction logs are copied about every five minutes. Three times that covers a slow day. */
const logShippingMinutes = 15;

/** S3 promises 15 minutes with replication time control. ECR usually needs less than 30. */
const replicationMinutes = { images: 30, state: 15 };

/** A planning value: Secrets Manager copies a new value at once, and shows a failure only in the copy. */
const secretCopyMinutes = 5;

/** The recovery point of every kind of data in the plan of a primary environment. The standby may copy some of it. */
export function recoveryPoints(plan: Plan, standby: Plan): readonly RecoveryPoint[] {
  return [database(plan), events(plan, standby), cache(plan), images(), secrets(plan), trail(plan), state()];
}

function database(plan: Plan): RecoveryPoint {
  const data = "PostgreSQL: tasks, outbox, idempotency keys";
  const [replication] = plan.all(
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
  );
  if (replication) {
    const days = Number(replication.inputs.retentionPeriod);
    return {
      data,
      minutes: logShippingMinutes,
      means: `automated backups and logs replicated to the recovery region, kept ${days} days`,
    };
  }
  const copies = plan.all("aws:backup/plan:Plan").flatMap(copyIntervals);
  const best = copies.length === 0 ? undefined : Math.min(...copies);
  return {
    data,
    minutes: best,
    means: best === undefined ? "nothing leaves the region" : "copies of the backup plan",
  };
}

/** Minutes between copies into another vault, per rule. It understands only daily and hourly schedules. */
function copyIntervals(resource: PlannedResource): number[] {
  const rules = (resource.inputs.rules ?? []) as { schedule?: string; copyActions?: unknown[] }[];
  return rules
    .filter(({ copyActions }) => (copyActions ?? []).length > 0)
    .map(({ schedule = "" }) => (/^cron\(\d+ \*/.test(schedule) ? 60 : 24 * 60));
}

/**
 * Events are a copy of data in PostgreSQL, and consumers store their effects there too. Events that were published and
 * not yet processed are lost with the region unless a replicator runs. Without one, the recovery point is therefore the
 * age of the oldest unprocessed event, which an alarm limits.
 */
function events(plan: Plan, standby: Plan): RecoveryPoint {
  const data = "Kafka: events that nobody has processed yet";
  const [replicator] = standby.all("aws:msk/replicator:Replicator");
  if (replicator) {
    return { data, minutes: lateCopyMinutes(standby), means: "MSK Replicator into the standby's cluster" };
  }
  const lag = plan
    .all("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(({ inputs }) => inputs.metricName === "EstimatedMaxTimeLag");
  const [alarm] = lag;
  if (!alarm) return { data, minutes: undefined, means: "nothing says how old an unprocessed event may be" };
  const { threshold, period, evaluationPeriods } = alarm.inputs as Record<string, number>;
  const minutes = Math.ceil((Number(threshold) + Number(period) * Number(evaluationPeriods)) / 60);
  return { data, minutes, means: "consumers are seconds behind; an alarm tells of more" };
}

/** Copies are seconds old. An alarm reports more after its periods; its threshold is in milliseconds. */
function lateCopyMinutes(standby: Plan): number | undefined {
  const [alarm] = standby
    .all("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(({ inputs }) => inputs.metricName === "ReplicationLatency");
  if (!alarm) return undefined;
  const { threshold, period, evaluationPeriods } = alarm.inputs as Record<string, number>;
  return Math.ceil((Number(threshold) / 1000 + Number(period) * Number(evaluationPeriods)) / 60);
}

function cache(plan: Plan): RecoveryPoint {
  const data = "Valkey: counters of the rate limit";
  const [group] = plan.all("aws:elasticache/replicationGroup:ReplicationGroup");
  return { data, minutes: 0, means: group ? "rebuilt: nothing in it is the only copy" : "none declared" };
}

function images(): RecoveryPoint {
  return {
    data: "Container images",
    minutes: replicationMinutes.images,
    means: "ECR replication, every push (`npm run bootstrap`)",
  };
}

function secrets(plan: Plan): RecoveryPoint {
  const data = "Secrets that people bring";
  const all = plan.all("aws:secretsmanager/secret:Secret");
  const alone = all.filter(({ inputs }) => ((inputs.replicas ?? []) as unknown[]).length === 0);
  if (alone.length > 0) {
    const names = alone.map(({ name }) => name).join(", ");
    return { data, minutes: undefined, means: `in the home region only: ${names}` };
  }
  const means = all.length === 0 ? "there are none" : "replicas of Secrets Manager, with every new value";
  return { data, minutes: all.length === 0 ? 0 : secretCopyMinutes, means };
}

/** The trail is evidence after an outage or an attack. S3 promises a time only with replication time control. */
function trail(plan: Plan): RecoveryPoint {
  const data = "Audit trail: who did what in the account";
  const buckets = plan.all("aws:cloudtrail/trail:Trail").map(({ inputs }) => inputs.s3BucketName);
  const [copy] = plan
    .all("aws:s3/bucketReplicationConfig:BucketReplicationConfig")
    .filter(({ inputs }) => buckets.includes(inputs.bucket));
  if (!copy) return { data, minutes: undefined, means: "the trail is in the home region only" };
  const [rule] = copy.inputs.rules as {
    destination?: { replicationTime?: { time?: { minutes?: number } } };
  }[];
  const minutes = rule?.destination?.replicationTime?.time?.minutes;
  return { data, minutes, means: minutes ? "bucket replication with time control" : "copied some time" };
}

function state(): RecoveryPoint {
  return {
    data: "State of the program and its keys",
    minutes: replicationMinutes.state,
    means: "bucket replication with time control and multi-region keys (`npm run bootstrap`)",
  };
}
