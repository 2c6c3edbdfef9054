import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * Ends of jobs that somebody must see, by kind of job. Restores have a `status`, the others a `state` (AWS Backup
 * developer guide, "Monitoring AWS Backup events using Amazon EventBridge"). A restore that succeeded is a message too,
 * because the temporary copy of a restore test can then be looked at.
 */
const reported = {
  backup: { type: "Backup Job State Change", end: { state: ["ABORTED", "EXPIRED", "FAILED"] } },
  copy: { type: "Copy Job State Change", end: { state: ["FAILED"] } },
  restore: { type: "Restore Job State Change", end: { status: ["ABORTED", "COMPLETED", "FAILED"] } },
} as const;

/**
 * Rules that send failed backups and copies, and the end of restores, to the topic. EventBridge and not notifications of
 * the vault: the API reference lists the event of a failed backup there as deprecated, and it sends nothing. The jobs of
 * this environment are those that run with its role.
 */
export function createJobEvents(
  name: string,
  roleArn: pulumi.Output<string>,
  topicArn: pulumi.Input<string>,
  parent: pulumi.Resource,
): void {
  for (const [kind, { type, end }] of Object.entries(reported)) {
    const rule = new aws.cloudwatch.EventRule(
      `${name}-${kind}-jobs`,
      {
        description: `Reported ends of ${kind} jobs.`,
        eventPattern: pulumi.jsonStringify({
          source: ["aws.backup"],
          "detail-type": [type],
          detail: { iamRoleArn: [roleArn], ...end },
        }),
      },
      { parent },
    );
    new aws.cloudwatch.EventTarget(`${name}-${kind}-jobs`, { rule: rule.name, arn: topicArn }, { parent });
  }
}
