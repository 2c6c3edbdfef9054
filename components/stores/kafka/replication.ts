import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Problem, policyDocument, unless } from "../../base/core/index.ts";
import type { KafkaSettings } from "./settings.ts";

/** Minimum for both clusters of MSK Replicator (MSK developer guide, "Supported configurations"). */
const leastBrokers = 3;

/** Reasons why a cluster can be neither source nor copy of a replication. */
export function replicationProblems({
  instanceType,
  brokers,
}: Pick<KafkaSettings, "instanceType" | "brokers">): Problem[] {
  return [
    ...unless(instanceType !== "kafka.t3.small", {
      argument: "instanceType",
      given: `"${instanceType}", for a cluster that is replicated`,
      allowed: "kafka.m5.large, kafka.m7g.large or larger",
      fix: "choose a larger class: the service does not replicate from or to t3.small",
    }),
    ...unless(brokers >= leastBrokers, {
      argument: "brokers",
      given: `${brokers}, for a cluster that is replicated`,
      allowed: `${leastBrokers} or more`,
      fix: "add brokers, one in each of three zones",
    }),
  ];
}

/** Never public. For a replicator that reads the brokers, also through a private endpoint in another network. */
export function connectivity({
  replication,
}: KafkaSettings): aws.types.input.msk.ClusterBrokerNodeGroupInfoConnectivityInfo {
  return {
    publicAccess: { type: "DISABLED" },
    // MSK refuses it at creation. The provider creates the cluster without it and then turns it on, in about 30 minutes.
    ...(replication === "source"
      ? { vpcConnectivity: { clientAuthentication: { sasl: { iam: true } } } }
      : {}),
  };
}

/** Lets MSK connect to the cluster from another region. Reading still needs the role of the replicator. */
export function admitReplicator(name: string, cluster: aws.msk.Cluster, parent: pulumi.Resource): void {
  new aws.msk.ClusterPolicy(
    name,
    {
      clusterArn: cluster.arn,
      policy: policyDocument([
        {
          sid: "Replicator",
          principals: { Service: ["kafka.amazonaws.com"] },
          actions: ["kafka:CreateVpcConnection", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"],
          resources: [cluster.arn],
        },
      ]),
    },
    { parent },
  );
}
