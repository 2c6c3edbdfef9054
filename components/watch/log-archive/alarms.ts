import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";

const namespace = "TaskPlatform/LogArchive";

/** Metric that counts the lines of the error log. */
export function failureMetric(prefix: string, name: string) {
  return { name: `${prefix}-${name}-failures`, namespace, value: "1", defaultValue: "0" } as const;
}

/**
 * Alarms on the metrics of the stream and on its error log. CloudWatch Logs also has metrics about forwarding, but AWS
 * does not document the value of their dimension DestinationType. The alarm "silent" detects failed forwarding instead.
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
      threshold: 900, // Three times our buffer, which is also the longest possible buffer.
      periods: 3,
      missing: "notBreaching", // Without input nothing waits; the next alarm covers missing input.
    },
    {
      ...ofStream,
      key: "silent",
      description:
        "Nothing has come into the archive of a log for half an hour. Look at the subscription of the log group and its role.",
      metric: "IncomingRecords",
      statistic: "Sum",
      comparison: "below",
      threshold: 1, // A running control plane writes every minute.
      periods: 6,
      missing: "breaching", // No data at all means that the archive does not work.
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
      periods: 3, // CloudWatch Logs retries a burst; a quarter of an hour is more than a burst.
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
    periods: 1, // Every line of the error log is a failure.
    missing: "notBreaching",
  };
}
