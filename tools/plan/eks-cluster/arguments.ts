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

/** @throws Error naming every argument outside of the table and every one that would make children unseen. */
export function refuseUnknownArguments(inputs: Readonly<Record<string, unknown>>): void {
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
