import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { kubeconfigOf } from "../../plan/index.ts";

/** Version of the Kubernetes SDK inside the plugin. It is an input of the provider that the plugin makes. */
const embeddedKubernetes = "4.19.0";

/** The arguments that this project uses. Those with which the plugin would make more children are refused by the plan. */
export interface ClusterInputs {
  readonly name?: pulumi.Input<string>;
  readonly version?: pulumi.Input<string>;
  readonly serviceRole: pulumi.Input<aws.iam.Role>;
  readonly clusterSecurityGroup?: pulumi.Input<aws.ec2.SecurityGroup>;
  readonly privateSubnetIds: pulumi.Input<string[]>;
  readonly endpointPrivateAccess?: pulumi.Input<boolean>;
  readonly endpointPublicAccess?: pulumi.Input<boolean>;
  readonly publicAccessCidrs?: pulumi.Input<string[]>;
  readonly enabledClusterLogTypes?: pulumi.Input<string[]>;
  readonly upgradePolicy?: pulumi.Input<{ supportType: string }>;
  readonly deletionProtection?: pulumi.Input<boolean>;
  readonly bootstrapSelfManagedAddons?: pulumi.Input<boolean>;
  readonly encryptionConfigKeyArn?: pulumi.Input<string>;
  readonly authenticationMode?: string;
  readonly kubernetesServiceIpAddressRange?: pulumi.Input<string>;
  readonly clusterTags?: pulumi.Input<Record<string, string>>;
  readonly tags?: pulumi.Input<Record<string, string>>;
}

/** Makes the children that `eks.Cluster` 4.3.0 makes in mode "API" without its own groups, nodes and add-ons. */
export class ClusterComponent extends pulumi.ComponentResource {
  readonly state: pulumi.Inputs;

  constructor(name: string, args: ClusterInputs, options: pulumi.ComponentResourceOptions) {
    super("eks:index:Cluster", name, args, options);
    const controlPlane = this.#createControlPlane(name, args);
    const { region, endpoint, certificateAuthority } = controlPlane;
    const kubeconfig = pulumi
      .output({ name: controlPlane.name, region, endpoint, certificateAuthority })
      .apply((outputs) => kubeconfigOf(outputs));
    new k8s.Provider(
      `${name}-eks-k8s`,
      { kubeconfig: kubeconfig.apply((config) => JSON.stringify(config)) },
      { parent: this, version: embeddedKubernetes, dependsOn: [controlPlane] },
    );
    const issuer = controlPlane.identities.apply((identities) => identities?.[0]?.oidcs?.[0]?.issuer ?? "");
    this.state = {
      eksCluster: controlPlane,
      kubeconfig,
      kubeconfigJson: kubeconfig.apply((config) => JSON.stringify(config)),
      clusterSecurityGroupId: pulumi
        .output(args.clusterSecurityGroup)
        .apply((group) => group?.id ?? controlPlane.vpcConfig.clusterSecurityGroupId),
      oidcIssuer: issuer.apply((url) => url.replace("https://", "")),
      oidcProviderUrl: issuer,
    };
    this.registerOutputs(this.state);
  }

  #createControlPlane(name: string, args: ClusterInputs): aws.eks.Cluster {
    const { encryptionConfigKeyArn: key, kubernetesServiceIpAddressRange: range } = args;
    return new aws.eks.Cluster(
      `${name}-eksCluster`,
      {
        name: args.name,
        roleArn: pulumi.output(args.serviceRole).apply((role) => role.arn),
        version: args.version,
        enabledClusterLogTypes: args.enabledClusterLogTypes,
        upgradePolicy: args.upgradePolicy,
        deletionProtection: args.deletionProtection,
        bootstrapSelfManagedAddons: args.bootstrapSelfManagedAddons ?? true,
        vpcConfig: {
          subnetIds: args.privateSubnetIds,
          securityGroupIds: args.clusterSecurityGroup && [
            pulumi.output(args.clusterSecurityGroup).apply((group) => group.id),
          ],
          endpointPrivateAccess: args.endpointPrivateAccess,
          endpointPublicAccess: args.endpointPublicAccess,
          publicAccessCidrs: args.publicAccessCidrs,
        },
        encryptionConfig: key && { provider: { keyArn: key }, resources: ["secrets"] },
        accessConfig: {
          authenticationMode: args.authenticationMode,
          bootstrapClusterCreatorAdminPermissions: true,
        },
        kubernetesNetworkConfig: range && { ipFamily: "ipv4", serviceIpv4Cidr: range },
        tags: pulumi
          .all([args.clusterTags, args.tags])
          .apply(([cluster, all]) => ({ Name: `${name}-eksCluster`, ...cluster, ...all })),
      } as aws.eks.ClusterArgs,
      {
        parent: this,
        ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
      },
    );
  }
}
