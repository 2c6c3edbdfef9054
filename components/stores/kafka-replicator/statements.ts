import type { Statement } from "../../base/core/index.ts";
import { kafkaStatement, memberArns } from "../kafka-topics/index.ts";

/** What is copied from one cluster to the other, by full name. */
export interface ReplicatedNames {
  readonly topics: readonly string[];
  readonly groups: readonly string[];
}

/** Topics in which the service keeps its own state, on both clusters. The service chooses the rest of the names. */
const ownTopics = ["*.checkpoints.internal", "*__amazon_msk_replicator_*", "mskr-offset-syncs.*"];

/** Group with which the service reads the source. It commits the offsets of this group on the target. */
const ownGroups = ["*__amazon_msk_replicator_*"];

/**
 * What IAM must allow a replicator that keeps names and offsets and copies neither configurations nor access control
 * lists: the documented minimum (MSK developer guide, "Service execution role permissions reference"). It reads data
 * from the source and writes data to the target, never the other way.
 */
export function replicatorStatements(source: string, target: string, names: ReplicatedNames): Statement[] {
  return [
    kafkaStatement("Clusters", ["Connect", "DescribeCluster", "WriteDataIdempotently"], [source, target]),
    kafkaStatement(
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
      [...memberArns(source, "topic", ownTopics), ...memberArns(target, "topic", ownTopics)],
    ),
    kafkaStatement(
      "ReadSource",
      ["DescribeTopic", "DescribeTopicDynamicConfiguration", "ReadData"],
      memberArns(source, "topic", names.topics),
    ),
    kafkaStatement("SourceGroups", ["DescribeGroup"], memberArns(source, "group", names.groups)),
    kafkaStatement(
      "WriteTarget",
      ["CreateTopic", "DescribeTopic", "DescribeTopicDynamicConfiguration", "WriteData"],
      memberArns(target, "topic", names.topics),
    ),
    kafkaStatement(
      "TargetGroups",
      ["AlterGroup", "DescribeGroup"],
      memberArns(target, "group", [...ownGroups, ...names.groups]),
    ),
  ];
}
