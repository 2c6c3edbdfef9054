import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { createClusterAutoscaler } from "./cluster-autoscaler.ts";
import { createLoadBalancerController } from "./load-balancer-controller.ts";

export interface ClusterControllersArgs {
  readonly clusterName: pulumi.Input<string>;
  /** The same name as plain text: it is in the key of a condition. */
  readonly clusterLabel: string;
  readonly clusterArn: pulumi.Input<string>;
  /** Minor of the cluster, such as "1.36". */
  readonly kubernetesVersion: string;
  readonly vpcId: pulumi.Input<string>;
  readonly accountId: string;
  readonly region: string;
  readonly kubernetesProvider: k8s.Provider;
  /** Nodes and the agent of Pod Identity: without them charts wait for ever, or start without rights. */
  readonly waitFor: readonly pulumi.Resource[];
}

/** Controllers that make the cluster a part of AWS: pods into target groups, nodes for pods. */
export class ClusterControllers extends pulumi.ComponentResource {
  /** What a TargetGroupBinding waits for: its kind comes with the chart. */
  readonly loadBalancerController: pulumi.Resource;

  constructor(name: string, args: ClusterControllersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:addons:Addons", name, {}, opts);
    this.loadBalancerController = createLoadBalancerController(`${name}-load-balancers`, args, this);
    createClusterAutoscaler(`${name}-autoscaler`, args, this);
    this.registerOutputs({});
  }
}
