import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";

const namespace = "TaskPlatform/LogArchive";

/** Lines of the error log, counted. */
export function failureMetric(prefix: string, name: string) {
  return { name: `${prefix}-${name}-failures`, namespace, value: "1", defaultValue: "0" } as const;
}

/**
 * Metrics of the stream, and its own error log. CloudWatch Logs has metrics about forwarding too, under a type of
 * destination whose value AWS writes nowhere; what it cannot forward is seen here as silence.
 */
export function archiveAlarms(watched: {
  readonly streamName: pulumi.Input<string>;
  readonly prefix: string;
  readonly name: string;
}): AlarmSpec[] {
  return [...streamAlarms(watched.streamName), failureAlarm(watched.prefix, watched.name)];
}

function streamAlarms(streamName: pulumi.Input<string>): AlarmSpec[] {
  const ofStream = {
    namespace: "AWS/Firehose",
    dimensions: { DeliveryStreamName: streamName },
    periodSeconds: 300,
  } as const;
  return [
    {
      ...ofStream,
      key: "stale",
      description:
        "The archive of a log is a quarter of an hour behind: lines wait and are lost after a day. Read its error log.",
      metric: "DeliveryToS3.DataFreshness",
      statistic: "Maximum",
      comparison: "above",
      threshold: 900, // Three times the buffer, and the longest buffer there is.
      periods: 3,
      missing: "notBreaching", // Nothing waits where nothing came; the next alarm tells of that.
    },
    {
      ...ofStream,
      key: "silent",
      description:
        "Nothing has come into the archive of a log for half an hour. Look at the subscription of the log group and its role.",
      metric: "IncomingRecords",
      statistic: "Sum",
      comparison: "below",
      threshold: 1, // A control plane that runs writes every minute.
      periods: 6,
      missing: "breaching", // The heartbeat of the set.
    },
    {
      ...ofStream,
      key: "throttled",
      description:
        "The archive of a log takes lines slower than they come. Ask AWS for a higher limit of the stream.",
      metric: "ThrottledRecords",
      statistic: "Sum",
      comparison: "above",
      threshold: 0,
      periods: 3, // A burst is tried again; a quarter of an hour is no burst.
      missing: "notBreaching",
    },
  ];
}

function failureAlarm(prefix: string, name: string): AlarmSpec {
  return {
    key: "failures",
    description:
      "The archive of a log cannot write to its bucket. Its error log says why: key, policy or role.",
    namespace,
    metric: failureMetric(prefix, name).name,
    dimensions: {},
    statistic: "Sum",
    comparison: "above",
    threshold: 0,
    periodSeconds: 300,
    periods: 1, // Every line of that log is a failure.
    missing: "notBreaching",
  };
}
