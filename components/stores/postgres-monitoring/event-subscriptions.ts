import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Events of RDS about the instances, the parameters, and (an audit rule) the old kind of security groups. */
export function createEventSubscriptions(
  name: string,
  sources: {
    readonly instances: readonly pulumi.Input<string>[];
    readonly parameterGroup: pulumi.Input<string>;
  },
  topicArn: pulumi.Input<string>,
  parent: pulumi.Resource,
): void {
  const subscriptions = {
    instance: {
      sourceType: "db-instance",
      sourceIds: [...sources.instances],
      eventCategories: [
        "availability",
        "configuration change",
        "failover",
        "failure",
        "low storage",
        "maintenance",
        "notification",
        "read replica",
        "recovery",
      ],
    },
    parameters: {
      sourceType: "db-parameter-group",
      sourceIds: [sources.parameterGroup],
      eventCategories: ["configuration change"],
    },
    // Without ids: a VPC has no groups of this kind, so a group that appears is worth a message.
    "security-groups": {
      sourceType: "db-security-group",
      eventCategories: ["configuration change", "failure"],
    },
  };
  for (const [key, subscription] of Object.entries(subscriptions)) {
    new aws.rds.EventSubscription(
      `${name}-events-${key}`,
      { snsTopic: topicArn, ...subscription },
      { parent },
    );
  }
}
