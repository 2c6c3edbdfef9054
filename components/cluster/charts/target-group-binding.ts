import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

export interface TargetGroupBindingArgs {
  readonly namespace: pulumi.Input<string>;
  /** Name of the Service. */
  readonly service: string;
  /** Name of its port. */
  readonly port: string;
  readonly targetGroupArn: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
}

/** Keeps the pods of a Service in a target group. No `networking`: the program owns the rules of security groups. */
export function createTargetGroupBinding(
  name: string,
  args: TargetGroupBindingArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name, namespace: args.namespace },
      spec: {
        serviceRef: { name: args.service, port: args.port },
        targetGroupARN: args.targetGroupArn,
        targetType: "ip",
        vpcID: args.vpcId,
      },
    },
    opts,
  );
}
