import type * as pulumi from "@pulumi/pulumi";
import type { NodeGroupsSettings } from "./settings.ts";

export interface NodePoolsArgs {
  readonly nodeGroups: NodeGroupsSettings;
  /** Physical name of the cluster, as plain text for tags and descriptions. */
  readonly clusterName: string;
  /** The same name as an output of the cluster, so that node groups wait for it. */
  readonly readyClusterName: pulumi.Input<string>;
  /** Minor of the cluster, such as "1.36". */
  readonly kubernetesVersion: string;
  /** Release of the AL2023 image, such as "1.36.4-20260930". */
  readonly nodeRelease: string;
  /** One private subnet by zone id. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** On every node. The group that EKS makes for the cluster must be among them: nodes reach the control plane by it. */
  readonly securityGroupIds: readonly pulumi.Input<string>[];
  /** Encrypts the disks of the nodes. */
  readonly diskKeyArn: pulumi.Input<string>;
  /** On instances, disks and network interfaces, because the default tags of a provider do not reach them. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Add-ons that must run before the first node joins. */
  readonly waitFor: readonly pulumi.Resource[];
}
