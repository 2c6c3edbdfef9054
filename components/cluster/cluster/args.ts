import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { ClusterSettings } from "./settings.ts";

export interface ClusterArgs {
  readonly settings: ClusterSettings;
  /**
   * Physical name, such as "task-prod". It is fixed for three reasons: the log group of the control plane has the name in
   * its own and must exist before the cluster; subnets carry the name in a tag; trust policies name the cluster before it
   * exists. The price: a change that replaces the cluster must remove the old one first, and `protect` and deletion
   * protection refuse that.
   */
  readonly clusterName: string;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets of nodes and pods, by zone id. */
  readonly nodeSubnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Small private subnets for the network interfaces of the control plane, in the same zones. */
  readonly controlPlaneSubnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Encrypts Kubernetes secrets. Changing it replaces the cluster. */
  readonly secretsKeyArn: pulumi.Input<string>;
  readonly logKeyArn: pulumi.Input<string>;
  /** Receives the alarms on the audit log of the API server. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Encrypts disks of nodes and volumes of pods; its key policy must let the autoscaling service use it. */
  readonly diskKeyArn: pulumi.Input<string>;
  /** Address ranges that the public endpoint admits, where there is one. */
  readonly operatorCidrs: readonly string[];
  /**
   * Who may call the private endpoint besides the nodes: private address ranges of networks that are connected to this one,
   * and ids of security groups of runners and bastions. Routes from a connected network are not made here.
   */
  readonly apiServerCallers: readonly string[];
  /**
   * Roles that administer the cluster, by a stable key such as "deploy". The deploy role must be among them: nobody else
   * has access, not even the creator of the cluster.
   */
  readonly administrators: Readonly<Record<string, string>>;
  /** On instances, disks and network interfaces of nodes, because the default tags of a provider do not reach them. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}
