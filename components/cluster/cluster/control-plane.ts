import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions, foundationOptions } from "../../base/core/index.ts";
import type { ClusterArgs } from "./args.ts";
import { createAuditAlarms } from "./audit-alarms.ts";
import { controlPlaneOverrides } from "./control-plane-overrides.ts";
import { createControlPlaneRole, type ReadyRole } from "./roles.ts";
import type { SecurityGroups } from "./security-groups.ts";
import { byZone } from "./zones.ts";

export interface ControlPlane {
  /** Group of its logs; there before the cluster is. */
  readonly logGroupName: pulumi.Output<string>;
  /** The cluster itself, as a child of the plugin. */
  readonly cluster: pulumi.Output<aws.eks.Cluster>;
  /** Waiting for it waits for the cluster. */
  readonly clusterName: pulumi.Output<string>;
  /** JSON; asks `aws eks get-token` for credentials, and names no profile, so it is the same everywhere. */
  readonly kubeconfig: pulumi.Output<string>;
}

/** All of them: which one an incident needs is known afterwards. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const administratorPolicy = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/** Nodes, their groups and the add-ons are resources of ours, with pinned versions: the component makes none of them. */
const nothingElse = {
  skipDefaultNodeGroup: true,
  skipDefaultSecurityGroups: true,
  nodeAssociatePublicIpAddress: false,
  nodeRootVolumeEncrypted: true,
  bootstrapSelfManagedAddons: false,
  useDefaultVpcCni: true,
  kubeProxyAddonOptions: { enabled: false },
  corednsAddonOptions: { enabled: false },
  // Pods get roles by Pod Identity; nothing here uses tokens of an OIDC issuer.
  createOidcProvider: false,
} satisfies Partial<eks.ClusterOptions>;

/** The control plane by `eks.Cluster`, of which only the control plane is used: all that is optional in it is off. */
export function createControlPlane(
  name: string,
  args: ClusterArgs,
  groups: SecurityGroups,
  parent: pulumi.Resource,
): ControlPlane {
  const { settings } = args;
  const provider = parent.getProvider("aws:eks/cluster:Cluster"); // Refused before anything was made without one.
  const logGroup = createLogGroup(name, args, parent);
  createAuditAlarms(name, args.clusterName, logGroup, args.alarmTopicArn, parent);
  const role = createControlPlaneRole(name, args, parent);
  const component = new eks.Cluster(
    name,
    {
      name: after(logGroup, args.clusterName),
      version: settings.version,
      // AWS moves an expired minor on by itself instead of charging six times the price for it.
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
      // The component refuses even an empty list where there is no public endpoint.
      ...(settings.publicEndpoint ? { publicAccessCidrs: [...args.operatorCidrs] } : {}),

      authenticationMode: "API",
      accessEntries: accessEntries(args.administrators),
      ...nothingElse,
    },
    {
      parent,
      // The SDK tells a plugin only of providers that are named here, not of those the parent would hand down.
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
    cluster: component.eksCluster,
    clusterName: component.eksCluster.name,
    kubeconfig: component.kubeconfigJson,
  };
}

/** Made first, under the name EKS writes to: a group that EKS makes has no key and keeps lines for ever. */
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

/** The roles that administer; nodes get their entry from EKS itself, with their group. */
function accessEntries(
  administrators: ClusterArgs["administrators"],
): Record<string, eks.types.input.AccessEntryArgs> {
  return Object.fromEntries(
    Object.entries(administrators).map(([key, principalArn]) => [
      key,
      {
        principalArn,
        type: "STANDARD",
        accessPolicies: { admin: { policyArn: administratorPolicy, accessScope: { type: "cluster" } } },
      },
    ]),
  );
}

/**
 * A value that can be used only after a resource is there. `dependsOn` of the component would not do: it is not passed
 * on to the children, so on a destroy EKS would still write to a log group, or miss a right, that is already gone. The
 * URN is known in a preview too, and so the value is.
 */
function after<T>(resource: pulumi.Resource, value: T): pulumi.Output<T> {
  return pulumi.output(resource.urn).apply(() => value) as pulumi.Output<T>;
}

/** The role, usable once its policies are attached and as long as they are. */
function withPolicies({ role, policies }: ReadyRole): pulumi.Output<aws.iam.Role> {
  return pulumi.all(policies.map((policy) => policy.urn)).apply(() => role);
}
