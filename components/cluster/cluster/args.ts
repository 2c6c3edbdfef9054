import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { ClusterSettings } from "./settings.ts";

export interface ClusterArgs {
  readonly settings: ClusterSettings;
  /**
   * Physical name, such as "task-prod". Fixed, because the log group of the control plane is found by it and must exist
   * first, because subnets carry it in a tag, and because trust policies name the cluster before it exists. The price: a
   * change that replaces the cluster removes the old one first, which `protect` and deletion protection refuse.
   */
  readonly clusterName: string;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets of nodes and pods, by zone id. */
  readonly nodeSubnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Small private subnets for the interfaces of the control plane, in the same zones. */
  readonly controlPlaneSubnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Encrypts Kubernetes secrets. Changing it replaces the cluster. */
  readonly secretsKeyArn: pulumi.Input<string>;
  readonly logKeyArn: pulumi.Input<string>;
  /** Hears of what the audit log of the API server should not say. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Encrypts disks of nodes and volumes of pods; its policy must let the autoscaling service use it. */
  readonly diskKeyArn: pulumi.Input<string>;
  /** Ranges that reach the public endpoint where there is one. */
  readonly operatorCidrs: readonly string[];
  /**
   * Roles that administer the cluster, by a stable key such as "deploy". The role that deploys must be among them:
   * nobody else is let in, not even the creator.
   */
  readonly administrators: Readonly<Record<string, string>>;
  /** On instances, disks and interfaces of nodes, which default tags of a provider do not reach. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}
