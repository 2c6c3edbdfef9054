import { makeUrn, type PlannedResource } from "../model/index.ts";
import { type Names, noOptions, type Registration, unknown } from "../protocol/index.ts";
import { refuseUnknownArguments } from "./arguments.ts";
import { kubeconfigOf } from "./outputs.ts";

/** Version of the AWS SDK inside the plugin. Without a provider, children use the default provider of this version. */
const embeddedAws = "7.25.0";

type Inputs = Readonly<Record<string, unknown>>;

/** The component in the plan. */
interface Expansion {
  readonly component: PlannedResource;
  readonly registration: Registration;
  readonly names: Names;
  /** Finds the resource of an argument, which arrives as a URN. */
  readonly find: (urn: string) => PlannedResource | undefined;
}

/** Values that all children share. */
interface Family extends Expansion {
  readonly inputs: Inputs;
  readonly provider: string;
}

/**
 * The children that `eks.Cluster` 4.3.0 registers in its plugin, for the arguments that this project uses.
 *
 * @throws Error naming every argument outside the table.
 */
export function* clusterChildren(expansion: Expansion): Generator<Registration> {
  const { inputs } = expansion.component;
  refuseUnknownArguments(inputs);
  const provider = expansion.registration.providers.aws ?? "";
  const family: Family = { ...expansion, inputs, provider };
  const controlPlane = createControlPlane(family);
  const controlPlaneUrn = urnOf(family, controlPlane);
  yield controlPlane;
  // The caller has recorded the control plane by now, so its outputs are there.
  yield idleProvider(family, controlPlaneUrn);
}

/** The plugin always registers it. With API authentication and no storage class nothing uses it. */
function idleProvider(family: Family, controlPlaneUrn: string): Registration {
  const outputs = family.find(controlPlaneUrn)?.outputs ?? {};
  const kubeconfig = "endpoint" in outputs ? JSON.stringify(kubeconfigOf(outputs)) : unknown;
  return {
    ...child(family, "pulumi:providers:kubernetes", "eks-k8s", { kubeconfig }),
    options: {
      ...noOptions,
      dependencies: [controlPlaneUrn],
      propertyDependencies: { kubeconfig: [controlPlaneUrn] },
    },
  };
}

function child(
  family: Family,
  type: string,
  suffix: string,
  wire: Record<string, unknown>,
  parent = family.component.urn,
): Registration {
  return {
    type,
    name: `${family.component.name}-${suffix}`,
    custom: true,
    remote: false,
    parent,
    version: embeddedAws,
    wire,
    providers: {},
    options: { ...noOptions, provider: family.provider },
  };
}

function urnOf({ names }: Family, registration: Registration): string {
  const { parent, type, name } = registration;
  return makeUrn(names.stack, names.project, parent, type, name);
}

function createControlPlane(family: Family): Registration {
  const registration = child(family, "aws:eks/cluster:Cluster", "eksCluster", controlPlaneInputs(family));
  const propertyDependencies = controlPlaneDependencies(family);
  return withOptions(registration, {
    ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
    propertyDependencies,
    // Children do not get the `dependsOn` of the component, but they depend on the sources of its inputs.
    dependencies: [...new Set(Object.values(propertyDependencies).flat())].toSorted(),
  });
}

/** Input of the control plane → arguments of the component that it comes from. */
const sources: Readonly<Record<string, readonly string[]>> = {
  encryptionConfig: ["encryptionConfigKeyArn"],
  name: ["name"],
  roleArn: ["serviceRole"],
  vpcConfig: ["clusterSecurityGroup", "privateSubnetIds"],
};

function controlPlaneDependencies({ component, inputs }: Family): Record<string, readonly string[]> {
  const given = component.options.propertyDependencies;
  const found = Object.entries(sources).map(([input, names]): [string, string[]] => {
    // The dependencies of a remote component do not contain the referenced resource itself.
    const urns = names.flatMap((name) => [
      ...(given[name] ?? []),
      ...(isReference(inputs[name]) ? [inputs[name]] : []),
    ]);
    return [input, [...new Set(urns)].toSorted()];
  });
  return Object.fromEntries(found.filter(([, urns]) => urns.length > 0));
}

function controlPlaneInputs(family: Family): Record<string, unknown> {
  const { component, inputs } = family;
  const key = inputs.encryptionConfigKeyArn;
  const range = inputs.kubernetesServiceIpAddressRange;
  return dropUndefined({
    name: inputs.name,
    roleArn: memberOf(family, "serviceRole", "arn"),
    version: inputs.version,
    enabledClusterLogTypes: inputs.enabledClusterLogTypes,
    upgradePolicy: inputs.upgradePolicy,
    deletionProtection: inputs.deletionProtection,
    bootstrapSelfManagedAddons: inputs.bootstrapSelfManagedAddons ?? true,
    vpcConfig: vpcConfig(family),
    encryptionConfig: key === undefined ? undefined : { provider: { keyArn: key }, resources: ["secrets"] },
    accessConfig: {
      authenticationMode: inputs.authenticationMode,
      bootstrapClusterCreatorAdminPermissions: true,
    },
    kubernetesNetworkConfig: range === undefined ? undefined : { ipFamily: "ipv4", serviceIpv4Cidr: range },
    tags: {
      Name: `${component.name}-eksCluster`,
      ...(inputs.clusterTags as object),
      ...(inputs.tags as object),
    },
  });
}

function vpcConfig(family: Family): Record<string, unknown> {
  const { inputs } = family;
  const group = memberOf(family, "clusterSecurityGroup", "id");
  return dropUndefined({
    subnetIds: inputs.privateSubnetIds,
    securityGroupIds: group === undefined ? undefined : [group],
    endpointPrivateAccess: inputs.endpointPrivateAccess,
    endpointPublicAccess: inputs.endpointPublicAccess,
    publicAccessCidrs: inputs.publicAccessCidrs,
  });
}

/** A member of an argument that may be a resource, or the argument itself if it is a plain value. */
function memberOf({ inputs, find }: Family, argument: string, member: string): unknown {
  const given = inputs[argument];
  if (isReference(given)) return find(given)?.outputs[member] ?? unknown;
  return typeof given === "object" && given !== null ? (given as Inputs)[member] : given;
}

function isReference(given: unknown): given is string {
  return typeof given === "string" && given.startsWith("urn:pulumi:");
}

function withOptions(registration: Registration, options: Partial<Registration["options"]>): Registration {
  return { ...registration, options: { ...registration.options, ...options } };
}

function dropUndefined(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
