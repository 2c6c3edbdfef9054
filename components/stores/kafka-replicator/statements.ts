import type { Statement } from "../../base/core/index.ts";
import { memberArn } from "./client-statements.ts";

/** What goes from one cluster to another, by full name. */
export interface ReplicatedNames {
  readonly topics: readonly string[];
  readonly groups: readonly string[];
}

/** Topics that the service keeps its own books in, on both clusters; it chooses the rest of the names. */
const ownTopics = ["*.checkpoints.internal", "*__amazon_msk_replicator_*", "mskr-offset-syncs.*"];

/** Group that the service reads the source with and notes its place under, on the target. */
const ownGroups = ["*__amazon_msk_replicator_*"];

/**
 * What IAM must allow a replicator that keeps names and offsets and copies neither configurations nor access lists: the
 * least that AWS names for it (MSK developer guide, "Service execution role permissions reference"). Data is read at
 * the source and written at the target, never the other way.
 */
export function replicatorStatements(source: string, target: string, names: ReplicatedNames): Statement[] {
  const topics = (cluster: string, members: readonly string[]) =>
    members.map((member) => memberArn(cluster, "topic", member));
  const groups = (cluster: string, members: readonly string[]) =>
    members.map((member) => memberArn(cluster, "group", member));
  return [
    statement("Clusters", ["Connect", "DescribeCluster", "WriteDataIdempotently"], [source, target]),
    statement(
      "OwnTopics",
      [
        "AlterTopic",
        "AlterTopicDynamicConfiguration",
        "CreateTopic",
        "DescribeTopic",
        "DescribeTopicDynamicConfiguration",
        "ReadData",
        "WriteData",
      ],
      [...topics(source, ownTopics), ...topics(target, ownTopics)],
    ),
    statement(
      "ReadSource",
      ["DescribeTopic", "DescribeTopicDynamicConfiguration", "ReadData"],
      topics(source, names.topics),
    ),
    statement("SourceGroups", ["DescribeGroup"], groups(source, names.groups)),
    statement(
      "WriteTarget",
      ["CreateTopic", "DescribeTopic", "DescribeTopicDynamicConfiguration", "WriteData"],
      topics(target, names.topics),
    ),
    statement(
      "TargetGroups",
      ["AlterGroup", "DescribeGroup"],
      groups(target, [...ownGroups, ...names.groups]),
    ),
  ];
}

function statement(sid: string, verbs: readonly string[], resources: readonly string[]): Statement {
  return { sid, actions: verbs.map((verb) => `kafka-cluster:${verb}`), resources: resources.toSorted() };
}
