import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Log group of a cluster or a replicator of MSK. Log groups under this prefix need no statement in the resource policy
 * of CloudWatch Logs, which exists once per account and has a size limit.
 */
export function createMskLogGroup(
  resourceName: string,
  args: {
    readonly blockName: string;
    readonly retentionDays: number;
    readonly keyArn: pulumi.Input<string>;
  },
  parent: pulumi.Resource,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    resourceName,
    {
      namePrefix: `/aws/vendedlogs/msk/${args.blockName}-`,
      retentionInDays: args.retentionDays,
      kmsKeyId: args.keyArn,
    },
    { parent },
  );
}
