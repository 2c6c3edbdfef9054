import type * as pulumi from "@pulumi/pulumi";
import type { KafkaSettings } from "../kafka/index.ts";

export interface KafkaReplicatorArgs {
  /** Fixed, because metrics and alarms use it. Changing it replaces the replicator. */
  readonly replicatorName: string;
  readonly accountId: string;
  /** Region of the copy, where the replicator runs. */
  readonly region: string;
  /** Kafka settings of the copy; some broker classes cannot be replicated. */
  readonly settings: KafkaSettings;
  /** A cluster of another region whose settings say `replication: "source"`. */
  readonly source: {
    readonly clusterArn: string;
    /** Subnets of its brokers. */
    readonly subnetIds: readonly pulumi.Input<string>[];
  };
  /** The cluster of the copy. */
  readonly target: {
    readonly clusterArn: pulumi.Input<string>;
    readonly vpcId: pulumi.Input<string>;
    /** Subnets of its brokers, by zone. */
    readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
    /** Security group of its brokers. */
    readonly securityGroupId: pulumi.Input<string>;
    /** Names of its topics. The block of the cluster creates them, before anything is copied into them. */
    readonly topicNames: Readonly<Record<string, pulumi.Input<string>>>;
  };
  /** Full names of the topics to copy. */
  readonly topics: readonly string[];
  /** Full names of the consumer groups whose offsets are copied. */
  readonly consumerGroups: readonly string[];
  readonly logKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
}
