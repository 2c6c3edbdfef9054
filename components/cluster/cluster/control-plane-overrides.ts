import type * as pulumi from "@pulumi/pulumi";

/** Creation takes about 10 minutes and a new minor up to 40. At least twice that, so that a slow day does not fail. */
const timeouts: pulumi.CustomTimeouts = { create: "30m", update: "90m", delete: "30m" };

/** The control plane to change, and what to set on it. */
export interface ControlPlaneOverrides {
  /** Logical name of the eks.Cluster component. */
  readonly component: string;
  readonly zonalShift: boolean;
  readonly protect: boolean;
}

/**
 * A resource transform for what `eks.Cluster` of @pulumi/eks 4.3.0 does not allow to set on its `aws.eks.Cluster`: it
 * makes the creator of the cluster a permanent administrator, has no zonal shift, and passes none of the component's
 * options to its children. Only a transform can change them, because a plugin registers the children.
 */
export function controlPlaneOverrides(overrides: ControlPlaneOverrides): pulumi.ResourceTransform {
  return (args) => {
    // The transform sees every child of the component. The name makes sure that it never changes another cluster.
    if (args.type !== "aws:eks/cluster:Cluster" || args.name !== `${overrides.component}-eksCluster`)
      return undefined;
    return {
      props: {
        ...args.props,
        // EKS reads it at creation only. Access comes from access entries alone, so the list of entries is complete.
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
        zonalShiftConfig: { enabled: overrides.zonalShift },
      },
      opts: { ...args.opts, protect: overrides.protect, customTimeouts: timeouts },
    };
  };
}
