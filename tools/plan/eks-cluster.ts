import { noOptions, type Registration } from "./registration.ts";
import type { PlanMode, PlannedResource } from "./types.ts";
import { makeUrn } from "./urn.ts";
import { unknown } from "./values.ts";

/** Arguments of `eks.Cluster` that the expansion below has read; another one would change the children unseen. */
const understood = new Set([
  "accessEntries",
  "authenticationMode",
  "bootstrapSelfManagedAddons",
  "clusterSecurityGroup",
  "clusterSecurityGroupTags",
  "clusterTags",
  "corednsAddonOptions",
  "createInstanceRole",
  "createOidcProvider",
  "deletionProtection",
  "enabledClusterLogTypes",
  "encryptionConfigKeyArn",
  "endpointPrivateAccess",
  "endpointPublicAccess",
  "kubeProxyAddonOptions",
  "kubernetesServiceIpAddressRange",
  "name",
  "nodeAssociatePublicIpAddress",
  "nodeRootVolumeEncrypted",
  "privateSubnetIds",
  "providerCredentialOpts",
  "publicAccessCidrs",
  "serviceRole",
  "skipDefaultNodeGroup",
  "skipDefaultSecurityGroups",
  "tags",
  "upgradePolicy",
  "useDefaultVpcCni",
  "version",
  "vpcId",
]);

/** Arguments that must have one value for the expansion to be whole: everything else is our own resource. */
const required: Readonly<Record<string, unknown>> = {
  authenticationMode: "API",
  skipDefaultNodeGroup: true,
  skipDefaultSecurityGroups: true,
  useDefaultVpcCni: true,
  bootstrapSelfManagedAddons: false,
};

interface Names {
  readonly project: string;
  readonly stack: string;
}

/**
 * Children that `eks.Cluster` 4.3.0 registers inside its plugin, for the arguments this project uses.
 *
 * @throws Error naming every argument outside of the table.
 */
export function clusterChildren(
  urn: string,
  cluster: Registration,
  inputs: Readonly<Record<string, unknown>>,
  names: Names,
): readonly Registration[] {
  refuseUnknownArguments(inputs);
  const provider = cluster.providers.aws ?? cluster.options.provider;
  const child = (
    type: string,
    suffix: string,
    wire: Record<string, unknown>,
    parent = urn,
  ): Registration => ({
    type,
    name: `${cluster.name}-${suffix}`,
    custom: true,
    parent,
    wire,
    providers: {},
    options: { ...noOptions, provider },
  });
  const controlPlane = withOptions(
    child("aws:eks/cluster:Cluster", "eksCluster", controlPlaneInputs(cluster, inputs)),
    {
      ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
      dependencies: cluster.options.dependencies,
    },
  );
  const controlPlaneUrn = makeUrn(names.stack, names.project, urn, controlPlane.type, controlPlane.name);
  const idle = {
    ...child("pulumi:providers:kubernetes", "eks-k8s", {}),
    options: { ...noOptions, dependencies: [controlPlaneUrn] },
  };
  return [controlPlane, idle, ...accessChildren(cluster, inputs, child, controlPlaneUrn, urn, names)];
}

type MakeChild = (
  type: string,
  suffix: string,
  wire: Record<string, unknown>,
  parent?: string,
) => Registration;

function accessChildren(
  cluster: Registration,
  inputs: Readonly<Record<string, unknown>>,
  child: MakeChild,
  controlPlaneUrn: string,
  urn: string,
  names: Names,
): Registration[] {
  const entries = (inputs.accessEntries ?? {}) as Record<string, Record<string, unknown>>;
  return Object.entries(entries).flatMap(([key, entry]) => {
    const { accessPolicies, principalArn, type, tags, kubernetesGroups, username } = entry;
    const clusterName = inputs.name ?? `${cluster.name}-eksCluster`;
    const wire = dropUndefined({
      clusterName,
      principalArn,
      type,
      tags,
      kubernetesGroups,
      userName: username,
    });
    const resource = withOptions(child("aws:eks/accessEntry:AccessEntry", key, wire), {
      dependencies: [controlPlaneUrn],
    });
    const entryUrn = makeUrn(names.stack, names.project, urn, resource.type, resource.name);
    const policies = (accessPolicies ?? {}) as Record<string, Record<string, unknown>>;
    const associations = Object.entries(policies).map(([policy, { policyArn, accessScope }]) =>
      withOptions(
        child(
          "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
          `${key}-${policy}`,
          dropUndefined({ clusterName, principalArn, policyArn, accessScope }),
          entryUrn,
        ),
        { dependencies: [entryUrn] },
      ),
    );
    return [resource, ...associations];
  });
}

function controlPlaneInputs(
  cluster: Registration,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const key = inputs.encryptionConfigKeyArn;
  const role = inputs.serviceRole as { arn?: unknown } | string | undefined;
  const group = inputs.clusterSecurityGroup as { id?: unknown } | string | undefined;
  return dropUndefined({
    name: inputs.name,
    roleArn: typeof role === "object" ? role.arn : role,
    version: inputs.version,
    enabledClusterLogTypes: inputs.enabledClusterLogTypes,
    upgradePolicy: inputs.upgradePolicy,
    deletionProtection: inputs.deletionProtection,
    bootstrapSelfManagedAddons: inputs.bootstrapSelfManagedAddons ?? true,
    vpcConfig: dropUndefined({
      subnetIds: inputs.privateSubnetIds,
      securityGroupIds: group === undefined ? undefined : [typeof group === "object" ? group.id : group],
      endpointPrivateAccess: inputs.endpointPrivateAccess,
      endpointPublicAccess: inputs.endpointPublicAccess,
      publicAccessCidrs: inputs.publicAccessCidrs,
    }),
    encryptionConfig: key === undefined ? undefined : { provider: { keyArn: key }, resources: ["secrets"] },
    accessConfig: {
      authenticationMode: inputs.authenticationMode,
      bootstrapClusterCreatorAdminPermissions: true,
    },
    kubernetesNetworkConfig:
      inputs.kubernetesServiceIpAddressRange === undefined
        ? undefined
        : { ipFamily: "ipv4", serviceIpv4Cidr: inputs.kubernetesServiceIpAddressRange },
    tags: {
      Name: `${cluster.name}-eksCluster`,
      ...(inputs.clusterTags as object),
      ...(inputs.tags as object),
    },
  });
}

function refuseUnknownArguments(inputs: Readonly<Record<string, unknown>>): void {
  const strange = Object.keys(inputs).filter((key) => !understood.has(key));
  const wrong = Object.entries(required).filter(([key, value]) => inputs[key] !== value);
  const builtIn = ["kubeProxyAddonOptions", "corednsAddonOptions"].filter(
    (key) => (inputs[key] as { enabled?: boolean } | undefined)?.enabled !== false,
  );
  const problems = [
    ...strange.map((key) => `argument ${key} is not in the expansion table`),
    ...wrong.map(([key, value]) => `argument ${key} must be ${JSON.stringify(value)}`),
    ...builtIn.map((key) => `argument ${key}.enabled must be false: the add-on is our own resource`),
    ...(inputs.createOidcProvider ? ["argument createOidcProvider must be false"] : []),
    ...(inputs.serviceRole === undefined ? ["argument serviceRole must be given"] : []),
  ];
  if (problems.length > 0) throw new Error(problems.join("; "));
}

/** Outputs of the component itself; unknown in a preview. */
export function clusterOutputs(
  component: PlannedResource,
  resources: readonly PlannedResource[],
  mode: PlanMode,
): Record<string, unknown> {
  const names = [
    "kubeconfig",
    "kubeconfigJson",
    "eksCluster",
    "clusterSecurityGroupId",
    "oidcIssuer",
    "oidcProviderUrl",
  ];
  if (mode === "preview") return Object.fromEntries(names.map((name) => [name, unknown]));
  const controlPlane = resources.find(
    (r) => r.parent === component.urn && r.type === "aws:eks/cluster:Cluster",
  );
  const clusterName = String(component.inputs.name ?? controlPlane?.outputs.name);
  const region = String(controlPlane?.outputs.region ?? "us-east-1");
  const endpoint = `https://${clusterName}.planned.${region}.eks.amazonaws.com`;
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: "kubernetes", cluster: { server: endpoint, "certificate-authority-data": "planned" } },
    ],
    contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
    "current-context": "aws",
    users: [
      {
        name: "aws",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["--region", region, "eks", "get-token", "--cluster-name", clusterName, "--output", "json"],
          },
        },
      },
    ],
  };
  const issuer = `oidc.eks.${region}.amazonaws.com/id/PLANNED`;
  return {
    kubeconfig,
    kubeconfigJson: JSON.stringify(kubeconfig),
    oidcIssuer: issuer,
    oidcProviderUrl: `https://${issuer}`,
    clusterSecurityGroupId: component.inputs.clusterSecurityGroup ?? "",
    eksCluster: {
      name: clusterName,
      arn: `arn:aws:eks:${region}:${accountOf(controlPlane)}:cluster/${clusterName}`,
      endpoint,
      version: component.inputs.version,
      vpcConfig: { clusterSecurityGroupId: `sg-0${clusterName.length}eks0planned` },
      certificateAuthority: { data: "planned" },
    },
  };
}

function accountOf(resource: PlannedResource | undefined): string {
  const arn = resource?.outputs.arn;
  return typeof arn === "string" ? (arn.split(":")[4] ?? "") : "";
}

function withOptions(registration: Registration, options: Partial<Registration["options"]>): Registration {
  return { ...registration, options: { ...registration.options, ...options } };
}

function dropUndefined(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
