/** Arguments of `eks.Cluster` that the expansion handles. Any other argument could change the children without notice. */
const understood = new Set([
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

/** The expansion is complete only with these values. Everything else in the cluster is a resource of the program. */
const required: Readonly<Record<string, unknown>> = {
  authenticationMode: "API",
  skipDefaultNodeGroup: true,
  skipDefaultSecurityGroups: true,
  useDefaultVpcCni: true,
  bootstrapSelfManagedAddons: false,
};

/** @throws Error naming every argument outside the table, and every value with which the plugin creates more children. */
export function refuseUnknownArguments(inputs: Readonly<Record<string, unknown>>): void {
  const strange = Object.keys(inputs).filter((key) => !understood.has(key));
  const wrong = Object.entries(required).filter(([key, value]) => inputs[key] !== value);
  const builtIn = ["kubeProxyAddonOptions", "corednsAddonOptions"].filter(
    (key) => (inputs[key] as { enabled?: boolean } | undefined)?.enabled !== false,
  );
  const problems = [
    ...strange.map((key) => `argument ${key} is not in the expansion table`),
    ...wrong.map(([key, value]) => `argument ${key} must be ${JSON.stringify(value)}`),
    ...builtIn.map((key) => `argument ${key}.enabled must be false: the add-on is a resource of the program`),
    ...(inputs.createOidcProvider ? ["argument createOidcProvider must be false"] : []),
    ...(inputs.serviceRole === undefined ? ["argument serviceRole must be given"] : []),
  ];
  if (problems.length > 0) throw new Error(problems.join("; "));
}
