import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { addonConfiguration } from "./addon-configuration.ts";
import type { ClusterArgs } from "./args.ts";
import type { ControlPlane } from "./control-plane.ts";
import { createNetworkAddonRole, createVolumeAddonRole, type ReadyRole } from "./roles.ts";
import { addonTimeouts } from "./timeouts.ts";
import { type AddonName, kubernetesVersion } from "./versions.ts";

/** A node without these is not ready, or gives its first pods addresses of the wrong kind. */
export const earlyAddons = ["eks-pod-identity-agent", "kube-proxy", "vpc-cni"] as const satisfies AddonName[];

/** These are pods: without a node they wait, and EKS calls them degraded. */
export const lateAddons = [
  "aws-ebs-csi-driver",
  "coredns",
  "eks-node-monitoring-agent",
  "metrics-server",
] as const satisfies AddonName[];

export type EarlyAddons = Readonly<Record<(typeof earlyAddons)[number], aws.eks.Addon>>;
export type LateAddons = Readonly<Record<(typeof lateAddons)[number], aws.eks.Addon>>;

/** The role of an add-on, and the service account that holds it. */
interface Identity extends ReadyRole {
  readonly serviceAccount: string;
}

/** What must run before the first node. On a destroy it goes after the last one, so that no address is left behind. */
export function createEarlyAddons(
  name: string,
  args: ClusterArgs,
  controlPlane: ControlPlane,
  parent: pulumi.Resource,
): EarlyAddons {
  const identities = {
    "vpc-cni": { ...createNetworkAddonRole(name, args, parent), serviceAccount: "aws-node" },
  };
  return createAddons(earlyAddons, name, args, controlPlane, identities, [], parent);
}

/** What needs nodes. On a destroy it goes before they do, so that volumes are still detached by somebody. */
export function createLateAddons(
  name: string,
  args: ClusterArgs,
  controlPlane: ControlPlane,
  nodes: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): LateAddons {
  const identities = {
    "aws-ebs-csi-driver": {
      ...createVolumeAddonRole(name, args, parent),
      serviceAccount: "ebs-csi-controller-sa",
    },
  };
  return createAddons(lateAddons, name, args, controlPlane, identities, nodes, parent);
}

function createAddons<Name extends AddonName>(
  names: readonly Name[],
  name: string,
  args: ClusterArgs,
  controlPlane: ControlPlane,
  identities: Partial<Readonly<Record<AddonName, Identity>>>,
  waitFor: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): Readonly<Record<Name, aws.eks.Addon>> {
  const { addons } = kubernetesVersion(args.settings.version);
  const zones = Object.keys(args.nodeSubnetIds).length;
  const made = names.map((addonName): [Name, aws.eks.Addon] => {
    const configurationValues = addonConfiguration(addonName, zones);
    const identity = identities[addonName];
    const addon = new aws.eks.Addon(
      `${name}-${addonName}`,
      {
        clusterName: controlPlane.clusterName,
        addonName,
        addonVersion: addons[addonName],
        ...(configurationValues === undefined ? {} : { configurationValues }),
        ...(identity ? { podIdentityAssociations: [toAssociation(identity)] } : {}),
        // The program is the truth: what somebody changed by hand inside the cluster does not survive an update.
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
        preserve: false,
      },
      {
        parent,
        customTimeouts: addonTimeouts,
        // Orders no input shows: the two waves, and a role that may already do its work.
        dependsOn: [...waitFor, ...(identity?.policies ?? [])],
      },
    );
    return [addonName, addon];
  });
  return Object.fromEntries(made) as Record<Name, aws.eks.Addon>;
}

function toAssociation({ role, serviceAccount }: Identity): aws.types.input.eks.AddonPodIdentityAssociation {
  return { roleArn: role.arn, serviceAccount };
}
