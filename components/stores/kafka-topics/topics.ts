import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions, type Removal } from "../../base/core/index.ts";
import { type TopicSpec, topicConfigs } from "./topic-spec.ts";

/** Creates the topics through the control plane, so the program needs no network path into the VPC. By name. */
export function createTopics(
  name: string,
  args: {
    readonly topics: readonly TopicSpec[];
    readonly clusterArn: pulumi.Input<string>;
    /** Hours on the volumes if the cluster has tiered storage. @default no tiered storage */
    readonly localRetentionHours?: number;
    readonly removal: Removal;
  },
  parent: pulumi.Resource,
): Readonly<Record<string, aws.msk.Topic>> {
  return Object.fromEntries(
    args.topics.map((topic) => [
      topic.name,
      new aws.msk.Topic(
        `${name}-topic-${topic.name}`,
        {
          // Fixed, because clients and IAM policies name topics.
          name: topic.name,
          clusterArn: args.clusterArn,
          partitionCount: topic.partitions,
          replicationFactor: topic.replicationFactor,
          configs: topicConfigs(topic, args.localRetentionHours),
        },
        { parent, ...dataOptions(args.removal) },
      ),
    ]),
  );
}
