import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EksAddonsArgs } from "./args.ts";
import { addonConfiguration } from "./configuration.ts";
import { type AddonName, earlyAddons, lateAddons } from "./names.ts";
import { type AddonRole, createNetworkRole, createVolumeRole } from "./roles.ts";

export type EarlyAddons = Readonly<Record<(typeof earlyAddons)[number], aws.eks.Addon>>;
export type LateAddons = Readonly<Record<(typeof lateAddons)[number], aws.eks.Addon>>;

/** Add-ons roll out in about 2 minutes, and are reported as degraded for a while before the first node is ready. */
const timeouts: pulumi.CustomTimeouts = { create: "20m", update: "20m", delete: "20m" };

/** The add-ons that run before the first node. A destroy removes them after the last node, so that no address is left. */
export function createEarlyAddons(name: string, args: EksAddonsArgs, parent: pulumi.Resource): EarlyAddons {
  const roles = { "vpc-cni": createNetworkRole(name, args, parent) };
  return createAddons(name, earlyAddons, args, roles, [], parent);
}

/** The add-ons that need nodes. A destroy removes them before the nodes, so that the driver still detaches volumes. */
export function createLateAddons(
  name: string,
  args: EksAddonsArgs,
  nodes: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): LateAddons {
  const roles = { "aws-ebs-csi-driver": createVolumeRole(name, args, parent) };
  return createAddons(name, lateAddons, args, roles, nodes, parent);
}

function createAddons<Name extends AddonName>(
  name: string,
  addonNames: readonly Name[],
  args: EksAddonsArgs,
  roles: Partial<Readonly<Record<AddonName, AddonRole>>>,
  waitFor: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): Readonly<Record<Name, aws.eks.Addon>> {
  const addons = addonNames.map((addonName): [Name, aws.eks.Addon] => {
    const configurationValues = addonConfiguration(addonName, args.zones);
    const role = roles[addonName];
    const addon = new aws.eks.Addon(
      `${name}-${addonName}`,
      {
        clusterName: args.readyClusterName,
        addonName,
        addonVersion: args.versions[addonName],
        ...(configurationValues === undefined ? {} : { configurationValues }),
        ...(role ? { podIdentityAssociations: [toAssociation(role)] } : {}),
        // An update overwrites what somebody changed by hand inside the cluster.
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
        preserve: false,
      },
      {
        parent,
        customTimeouts: timeouts,
        // No input shows these orders: the late add-ons wait for nodes, and an add-on for the policies of its role.
        dependsOn: [...waitFor, ...(role?.policies ?? [])],
      },
    );
    return [addonName, addon];
  });
  return Object.fromEntries(addons) as Record<Name, aws.eks.Addon>;
}

function toAssociation({ role, serviceAccount }: AddonRole): aws.types.input.eks.AddonPodIdentityAssociation {
  return { roleArn: role.arn, serviceAccount };
}
