import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type AlarmSpec, createAlarms } from "../../base/alarms/index.ts";

/** A pattern of CloudWatch Logs for the audit log of the API server, and how many matches raise an alarm. */
export interface AuditAlarm {
  readonly key: string;
  readonly pattern: string;
  /** Matches in five minutes. */
  readonly threshold: number;
  readonly description: string;
}

/** Controls: EKS-22. */
export const auditAlarms: readonly AuditAlarm[] = [
  {
    key: "audit-anonymous",
    // Health checks need no name, and load balancers of AWS call them.
    pattern:
      '{ ($.user.username = "system:anonymous") && ($.requestURI != "/healthz*") && ($.requestURI != "/livez*") && ($.requestURI != "/readyz*") && ($.requestURI != "/version*") }',
    threshold: 5,
    description:
      "Somebody asks the API server without a name. Look where from, and at the ranges of its endpoint.",
  },
  {
    key: "audit-forbidden",
    pattern: "{ $.responseStatus.code = 403 }",
    // Controllers that start are refused a few times until their permissions exist.
    threshold: 50,
    description:
      "The API server refuses many requests: a pod or person tries what it may not. Look for the name.",
  },
  {
    key: "audit-exec",
    pattern: '{ ($.objectRef.resource = "pods") && ($.objectRef.subresource = "exec") }',
    threshold: 1,
    description: "Somebody opened a shell in a pod. In an emergency that is us; otherwise end the session.",
  },
];

const namespace = "TaskPlatform/Cluster";
const windowSeconds = 300;

/** Counts the patterns in the log group of one cluster, with one alarm for each. */
export function createAuditAlarms(
  name: string,
  clusterName: string,
  logGroup: aws.cloudwatch.LogGroup,
  topicArn: pulumi.Input<string>,
  parent: pulumi.Resource,
): void {
  for (const { key, pattern } of auditAlarms) {
    new aws.cloudwatch.LogMetricFilter(
      `${name}-${key}`,
      {
        logGroupName: logGroup.name,
        pattern,
        metricTransformation: { name: `${clusterName}-${key}`, namespace, value: "1", defaultValue: "0" },
      },
      { parent },
    );
  }
  createAlarms(
    name,
    auditAlarms.map((alarm) => toSpec(alarm, clusterName)),
    { topicArn },
    parent,
  );
}

function toSpec({ key, threshold, description }: AuditAlarm, clusterName: string): AlarmSpec {
  return {
    key,
    description,
    namespace,
    metric: `${clusterName}-${key}`,
    dimensions: {},
    statistic: "Sum",
    comparison: "at-least",
    threshold,
    periodSeconds: windowSeconds,
    periods: 1,
    missing: "notBreaching",
  };
}
