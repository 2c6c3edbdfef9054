import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions, foundationOptions } from "../../base/core/index.ts";
import type { ReadyRole } from "../../base/roles/index.ts";
import { createAuditAlarms } from "./alarms.ts";
import type { ClusterArgs } from "./args.ts";
import { controlPlaneOverrides } from "./control-plane-overrides.ts";
import { createControlPlaneRole } from "./control-plane-role.ts";
import type { SecurityGroups } from "./security-groups.ts";

export interface ControlPlane {
  /** Log group of the control plane; it exists before the cluster. */
  readonly logGroupName: pulumi.Output<string>;
  /** The plugin's component. */
  readonly component: pulumi.Resource;
  /** The cluster itself, a child of the component. */
  readonly cluster: pulumi.Output<aws.eks.Cluster>;
  /** An output of the cluster: whatever uses it waits for the cluster. */
  readonly clusterName: pulumi.Output<string>;
  /** JSON. It gets credentials from `aws eks get-token` and names no AWS profile, so it is the same on every machine. */
  readonly kubeconfig: pulumi.Output<string>;
}

/** All types, because nobody knows before an incident which one it will need. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** Turns off what the component would create itself: we create nodes, security groups and add-ons, with pinned versions. */
const nothingElse = {
  skipDefaultNodeGroup: true,
  skipDefaultSecurityGroups: true,
  nodeAssociatePublicIpAddress: false,
  nodeRootVolumeEncrypted: true,
  bootstrapSelfManagedAddons: false,
  useDefaultVpcCni: true,
  kubeProxyAddonOptions: { enabled: false },
  corednsAddonOptions: { enabled: false },
  // Pods get roles by Pod Identity, so nothing uses tokens of an OIDC issuer.
  createOidcProvider: false,
} satisfies Partial<eks.ClusterOptions>;

/** The control plane, by an `eks.Cluster` component with everything optional turned off. */
export function createControlPlane(
  name: string,
  args: ClusterArgs,
  groups: SecurityGroups,
  parent: pulumi.Resource,
): ControlPlane {
  const { settings } = args;
  const provider = parent.getProvider("aws:eks/cluster:Cluster"); // The checks refuse a cluster without one.
  const logGroup = createLogGroup(name, args, parent);
  createAuditAlarms(name, args.clusterName, logGroup, args.alarmTopicArn, parent);
  const role = createControlPlaneRole(name, args, parent);
  const component = new eks.Cluster(
    name,
    {
      name: after(logGroup, args.clusterName),
      version: settings.version,
      // AWS upgrades an expired minor by itself instead of charging six times the price for it.
      upgradePolicy: { supportType: "STANDARD" },
      deletionProtection: settings.deletionProtected,
      serviceRole: withPolicies(role),
      enabledClusterLogTypes: logTypes,
      encryptionConfigKeyArn: args.secretsKeyArn,
      kubernetesServiceIpAddressRange: settings.serviceCidr,

      vpcId: args.vpcId,
      privateSubnetIds: byZone(args.controlPlaneSubnetIds),
      clusterSecurityGroup: groups.controlPlane,
      endpointPrivateAccess: true,
      endpointPublicAccess: settings.publicEndpoint,
      // Without a public endpoint, the component refuses even an empty list.
      ...(settings.publicEndpoint ? { publicAccessCidrs: [...args.operatorCidrs] } : {}),

      authenticationMode: "API",
      ...nothingElse,
    },
    {
      parent,
      // The SDK passes a plugin only the providers named here, not those inherited from the parent.
      ...(provider ? { providers: { aws: provider } } : {}),
      transforms: [
        controlPlaneOverrides({
          component: name,
          zonalShift: settings.zonalShift,
          protect: foundationOptions(args.removal).protect,
        }),
      ],
    },
  );
  return {
    logGroupName: logGroup.name,
    component,
    cluster: component.eksCluster,
    clusterName: component.eksCluster.name,
    kubeconfig: component.kubeconfigJson,
  };
}

/** Created before the cluster, with the name EKS writes to: a group that EKS creates has no key and never expires. */
function createLogGroup(name: string, args: ClusterArgs, parent: pulumi.Resource): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    `${name}-control-plane`,
    {
      name: `/aws/eks/${args.clusterName}/cluster`,
      retentionInDays: args.settings.logRetentionDays,
      kmsKeyId: args.logKeyArn,
    },
    { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
  );
}

/**
 * A value that waits for a resource. `dependsOn` on the component is not enough, because its children do not inherit it:
 * a destroy would remove the log group or the policies while the cluster still uses them. The URN is known in a preview,
 * and so is the value.
 */
function after<T>(resource: pulumi.Resource, value: T): pulumi.Output<T> {
  return pulumi.output(resource.urn).apply(() => value) as pulumi.Output<T>;
}

/** The role as a value that waits for its policies: created after them, removed before them. */
function withPolicies({ role, policies }: ReadyRole): pulumi.Output<aws.iam.Role> {
  return pulumi.all(policies.map((policy) => policy.urn)).apply(() => role);
}

/** Ids in the order of their zones, so that the order in which a caller lists them makes no difference. */
function byZone(ids: Readonly<Record<string, pulumi.Input<string>>>): pulumi.Input<string>[] {
  return Object.entries(ids)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, id]) => id);
}
