import type * as pulumi from "@pulumi/pulumi";

import { controlPlaneTimeouts } from "./timeouts.ts";

/** What the overrides of one control plane depend on. */
export interface ControlPlaneOverrides {
  /** Logical name of the eks.Cluster component. */
  readonly component: string;
  readonly zonalShift: boolean;
  readonly protect: boolean;
}

/**
 * A resource transform for what `eks.Cluster` of @pulumi/eks 4.3.0 fixes or does not pass on to its `aws.eks.Cluster`:
 * it makes whoever creates the cluster its administrator for ever, knows no zonal shift, and gives its children none
 * of the options of the component. Transforms are the one way in, because the children are registered by a plugin.
 */
export function controlPlaneOverrides(overrides: ControlPlaneOverrides): pulumi.ResourceTransform {
  return (args) => {
    // The name is checked too: the transform sees every child, and must never touch a second cluster.
    if (args.type !== "aws:eks/cluster:Cluster" || args.name !== `${overrides.component}-eksCluster`)
      return undefined;
    return {
      props: {
        ...args.props,
        // Read at creation only. Access is given by entries alone, so nobody holds a right that no list shows.
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
        zonalShiftConfig: { enabled: overrides.zonalShift },
      },
      opts: { ...args.opts, protect: overrides.protect, customTimeouts: controlPlaneTimeouts },
    };
  };
}
