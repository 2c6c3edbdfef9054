import * as pulumi from "@pulumi/pulumi";
import type { ClusterControllersArgs } from "./args.ts";
import { charts } from "./charts.ts";
import { autoscalerStatements, autoscalerValues } from "./cluster-autoscaler.ts";
import { createController } from "./controller.ts";
import { loadBalancerStatements, loadBalancerValues } from "./load-balancer-controller.ts";

/** The controllers that connect the cluster with AWS: one puts pods into target groups, one adds and removes nodes. */
export class ClusterControllers extends pulumi.ComponentResource {
  /** A TargetGroupBinding waits for it, because the chart brings its kind. */
  readonly loadBalancerController: pulumi.Resource;

  constructor(name: string, args: ClusterControllersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:addons:Addons", name, {}, opts);
    const loadBalancers = createController(
      `${name}-load-balancers`,
      {
        ...args,
        chart: charts.loadBalancerController,
        statements: loadBalancerStatements(args.accountId, args.region),
        values: loadBalancerValues(args),
      },
      this,
    );
    createController(
      `${name}-autoscaler`,
      {
        ...args,
        chart: charts.clusterAutoscaler,
        statements: autoscalerStatements(args.clusterLabel),
        values: autoscalerValues(args),
      },
      this,
    );
    this.loadBalancerController = loadBalancers.release;
    this.registerOutputs({});
  }
}
