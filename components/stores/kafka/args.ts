import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { TopicSpec } from "../kafka-topics/index.ts";
import type { KafkaSettings } from "./settings.ts";

/** A consumer group and the topics it reads, for the alarms on its lag. */
export interface ConsumerGroup {
  readonly name: string;
  readonly topics: readonly string[];
  /** Topic for its alarms. @default that of the block */
  readonly alarmTopicArn?: pulumi.Input<string>;
}

export interface KafkaArgs {
  /**
   * Name of the cluster, at most 64 letters, digits and hyphens. Fixed, because the ARN of every topic contains it: the
   * deploy role of an environment may change only the topics of its own cluster.
   */
  readonly clusterName: string;
  readonly settings: KafkaSettings;
  readonly removal: Removal;
  readonly vpcId: pulumi.Input<string>;
  /** One subnet per zone, by zone; the brokers are spread over these zones. Changing it replaces the cluster. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Encrypts the volumes. Changing it replaces the cluster. */
  readonly keyArn: pulumi.Input<string>;
  readonly logKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Security groups that may connect on 9098, by a stable key. */
  readonly clientSecurityGroupIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly topics: readonly TopicSpec[];
  /** Consumer groups whose lag has alarms, with the topics they read. */
  readonly consumerGroups: readonly ConsumerGroup[];
  /** Security group of the Prometheus scraper; opens 11001 and 11002. @default none */
  readonly monitoringSecurityGroupId?: pulumi.Input<string>;
  /** Bucket that keeps broker logs longer than the log group. @default none */
  readonly logBucketName?: pulumi.Input<string>;
}
