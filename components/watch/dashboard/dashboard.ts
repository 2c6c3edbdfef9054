import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DashboardArgs } from "./args.ts";
import { type PlatformNames, platformSections } from "./sections.ts";
import { dashboardBody } from "./widgets.ts";

/** One dashboard per environment: load balancer, PostgreSQL, Valkey, Kafka. 3 USD per month from the fourth in an account. */
export class Dashboard extends pulumi.ComponentResource {
  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:dashboard:Dashboard", name, {}, opts);
    const body = pulumi
      .output(args.names)
      .apply((names) => dashboardBody(platformSections(names as PlatformNames), args.region));
    new aws.cloudwatch.Dashboard(
      name,
      { dashboardName: args.dashboardName, dashboardBody: body },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
