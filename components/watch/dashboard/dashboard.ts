import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PlatformNames, platformSections } from "./sections.ts";
import { dashboardBody } from "./widgets.ts";

export interface DashboardArgs {
  /** Fixed name, because people keep its address. */
  readonly dashboardName: string;
  readonly region: string;
  /** As in `PlatformNames`; what AWS names is known after creation. */
  readonly names: { readonly [K in keyof PlatformNames]: pulumi.Input<PlatformNames[K]> };
}

/** One page of graphs an environment: entrance, PostgreSQL, Valkey, Kafka. 3 USD a month beyond the third of an account. */
export class Dashboard extends pulumi.ComponentResource {
  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:dashboard:Dashboard", name, {}, opts);
    const dashboardBodyText = pulumi
      .output(args.names)
      .apply((names) => dashboardBody(platformSections(names as PlatformNames), args.region));
    new aws.cloudwatch.Dashboard(
      name,
      { dashboardName: args.dashboardName, dashboardBody: dashboardBodyText },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
