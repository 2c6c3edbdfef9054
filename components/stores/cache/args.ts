import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { CacheSettings } from "./settings.ts";

/** A full `queue` refuses writes and never evicts, so it loses no job. A `cache` evicts the least recently used keys. */
export type CachePurpose = "queue" | "cache";

/** The one user with which services sign in, by IAM. */
interface ApplicationUser {
  /** Id and name at once, as IAM sign-in requires; unique in the account and region, so it contains the environment. */
  readonly name: string;
  /** Prefix of the keys and channels that it may use, such as "task:". */
  readonly keyPrefix: string;
}

export interface CacheArgs {
  readonly settings: CacheSettings;
  /**
   * Physical name of the replication group, at most 32 characters, such as "task-prod-queue". Fixed, because clients
   * sign their IAM tokens for it, and alarms name its nodes before they exist.
   */
  readonly groupId: string;
  readonly purpose: CachePurpose;
  readonly vpcId: pulumi.Input<string>;
  /** Subnets of the data tier by zone id. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Encrypts data on disk and snapshots. Changing it replaces the group. */
  readonly keyArn: pulumi.Input<string>;
  readonly logKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Topic of the events of the nodes, such as a failover. ElastiCache cannot publish to an encrypted one. */
  readonly eventTopicArn: pulumi.Input<string>;
  /** The only security groups that may connect, by a stable key such as "nodes". */
  readonly clientSecurityGroupIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly applicationUser: ApplicationUser;
  readonly removal: Removal;
}
