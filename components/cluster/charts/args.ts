import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** What the controllers need to know about the cluster they run in. */
export interface ClusterControllersArgs {
  readonly clusterName: pulumi.Input<string>;
  /** The same name as plain text, because it is part of the key of a condition. */
  readonly clusterLabel: string;
  readonly clusterArn: pulumi.Input<string>;
  /** Minor of the cluster, such as "1.36". */
  readonly kubernetesVersion: string;
  readonly vpcId: pulumi.Input<string>;
  readonly accountId: string;
  readonly region: string;
  readonly kubernetesProvider: k8s.Provider;
  /** Nodes and the agent of Pod Identity. Without them, charts wait for ever or start without permissions. */
  readonly waitFor: readonly pulumi.Resource[];
}
