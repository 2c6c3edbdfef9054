import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Problem, policyDocument } from "../../base/core/index.ts";
import type { KafkaSettings } from "./settings.ts";

/** What MSK Replicator asks of both of its clusters (MSK developer guide, "Supported configurations"). */
const leastBrokers = 3;

/** Why a cluster can be neither end of a replication. */
export function replicationProblems({
  instanceType,
  brokers,
}: Pick<KafkaSettings, "instanceType" | "brokers">): Problem[] {
  const problems: Problem[] = [];
  if (instanceType === "kafka.t3.small") {
    problems.push({
      argument: "instanceType",
      given: `"${instanceType}", for a cluster that is replicated`,
      allowed: "kafka.m5.large, kafka.m7g.large or larger",
      fix: "take a larger class: the service replicates no t3.small, from it or to it",
    });
  }
  if (brokers < leastBrokers) {
    problems.push({
      argument: "brokers",
      given: `${brokers}, for a cluster that is replicated`,
      allowed: `${leastBrokers} or more`,
      fix: "add brokers, one in each of three zones",
    });
  }
  return problems;
}

/** Ways to the brokers: never public, and by a private endpoint of another network where a replicator reads them. */
export function connectivity({
  replication,
}: KafkaSettings): aws.types.input.msk.ClusterBrokerNodeGroupInfoConnectivityInfo {
  return {
    publicAccess: { type: "DISABLED" },
    // MSK refuses it at creation; the provider makes the cluster without it and turns it on, in about half an hour.
    ...(replication === "source"
      ? { vpcConnectivity: { clientAuthentication: { sasl: { iam: true } } } }
      : {}),
  };
}

/** Lets the service build its way to the cluster from another region. Reading still takes the role of the replicator. */
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
