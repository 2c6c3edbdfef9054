import type { Mutation } from "../mutation.ts";

/** The block "cluster" and its add-ons. */
export const clusterMutations: readonly Mutation[] = [
  {
    what: "the API server always answers on the internet",
    file: "components/cluster/cluster/control-plane.ts",
    find: "endpointPublicAccess: settings.publicEndpoint,",
    replace: "endpointPublicAccess: true,",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane is private, encrypted, logged whole, in every zone and on standard support only",
    },
  },
  {
    what: "a public API server answers to everybody",
    file: "components/cluster/cluster/control-plane.ts",
    find: "{ publicAccessCidrs: [...args.operatorCidrs] }",
    replace: '{ publicAccessCidrs: ["0.0.0.0/0"] }',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "a public endpoint answers to the operator ranges only, and ranges alone open none",
    },
  },
  {
    what: "secrets of the cluster are not encrypted with our key",
    file: "components/cluster/cluster/control-plane.ts",
    find: "      encryptionConfigKeyArn: args.secretsKeyArn,",
    replace: "",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane is private, encrypted, logged whole, in every zone and on standard support only",
    },
  },
  {
    what: "the audit log of the API server is off",
    file: "components/cluster/cluster/control-plane.ts",
    find: 'const logTypes = ["api", "audit", ',
    replace: 'const logTypes = ["api", ',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane is private, encrypted, logged whole, in every zone and on standard support only",
    },
  },
  {
    what: "the cluster moves to extended support",
    file: "components/cluster/cluster/control-plane.ts",
    find: '{ supportType: "STANDARD" }',
    replace: '{ supportType: "EXTENDED" }',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane is private, encrypted, logged whole, in every zone and on standard support only",
    },
  },
  {
    what: "the cluster can be deleted by mistake",
    file: "components/cluster/cluster/control-plane.ts",
    find: "deletionProtection: settings.deletionProtected,",
    replace: "deletionProtection: false,",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane is private, encrypted, logged whole, in every zone and on standard support only",
    },
  },
  {
    what: "the config map gives access again",
    file: "components/cluster/cluster/control-plane.ts",
    find: 'authenticationMode: "API",',
    replace: 'authenticationMode: "API_AND_CONFIG_MAP",',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "a cluster is exactly these resources",
    },
  },
  {
    what: "the log of the control plane is not encrypted",
    file: "components/cluster/cluster/control-plane.ts",
    find: "      kmsKeyId: args.logKeyArn,",
    replace: "",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the log group is there before the cluster, with key and retention, and outlives it unless all is to go",
    },
  },
  {
    what: "whoever makes the cluster stays its administrator",
    file: "components/cluster/cluster/control-plane-overrides.ts",
    find: "bootstrapClusterCreatorAdminPermissions: false",
    replace: "bootstrapClusterCreatorAdminPermissions: true",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane is private, encrypted, logged whole, in every zone and on standard support only",
    },
  },
  {
    what: "a node tells credentials without a token",
    file: "components/cluster/cluster/node-groups.ts",
    find: 'httpTokens: "required"',
    replace: 'httpTokens: "optional"',
    caughtBy: {
      file: "components/cluster/cluster/nodes.test.ts",
      test: "a node asks for a token before it tells credentials, one hop far, and its disk is encrypted with our key",
    },
  },
  {
    what: "pods reach the credentials of their node",
    file: "components/cluster/cluster/node-groups.ts",
    find: "httpPutResponseHopLimit: 1",
    replace: "httpPutResponseHopLimit: 2",
    caughtBy: {
      file: "components/cluster/cluster/nodes.test.ts",
      test: "a node asks for a token before it tells credentials, one hop far, and its disk is encrypted with our key",
    },
  },
  {
    what: "disks of nodes are not encrypted",
    file: "components/cluster/cluster/node-groups.ts",
    find: 'encrypted: "true"',
    replace: 'encrypted: "false"',
    caughtBy: {
      file: "components/cluster/cluster/nodes.test.ts",
      test: "a node asks for a token before it tells credentials, one hop far, and its disk is encrypted with our key",
    },
  },
  {
    what: "the image of nodes is not pinned",
    file: "components/cluster/cluster/node-groups.ts",
    find: "      releaseVersion: kubernetesVersion(settings.version).nodeRelease,",
    replace: "",
    caughtBy: {
      file: "components/cluster/cluster/nodes.test.ts",
      test: "a node group is private, pinned, spread over zones, repaired and updated by thirds",
    },
  },
  {
    what: "ill nodes are not repaired",
    file: "components/cluster/cluster/node-groups.ts",
    find: "nodeRepairConfig: { enabled: true }",
    replace: "nodeRepairConfig: { enabled: false }",
    caughtBy: {
      file: "components/cluster/cluster/nodes.test.ts",
      test: "a node group is private, pinned, spread over zones, repaired and updated by thirds",
    },
  },
  {
    what: "a plan undoes what the autoscaler chose",
    file: "components/cluster/cluster/node-groups.ts",
    find: '      ignoreChanges: ["scalingConfig.desiredSize"],',
    replace: "",
    caughtBy: {
      file: "components/cluster/cluster/nodes.test.ts",
      test: "the size that the autoscaler chose is left alone",
    },
  },
  {
    what: "EKS takes the role for any cluster",
    file: "components/cluster/cluster/roles.ts",
    find: '        ArnLike: { "aws:SourceArn": clusterArn(args) },',
    replace: "",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "only EKS, and only for this cluster, takes the role of the control plane",
    },
  },
  {
    what: "the volume add-on may hand the disk key to anybody",
    file: "components/cluster/cluster/roles.ts",
    find: '          conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },',
    replace: "",
    caughtBy: {
      file: "components/cluster/cluster/addons.test.ts",
      test: "the volume add-on has a role of its own that uses the disk key and grants it to EC2 only",
    },
  },
  {
    what: "nodes may push images",
    file: "components/cluster/cluster/roles.ts",
    find: '"AmazonEC2ContainerRegistryPullOnly"',
    replace: '"AmazonEC2ContainerRegistryPowerUser"',
    caughtBy: {
      file: "components/cluster/cluster/nodes.test.ts",
      test: "a node may join and pull images, and nothing else",
    },
  },
  {
    what: "add-ons float to whatever is the default",
    file: "components/cluster/cluster/addons.ts",
    find: "        addonVersion: addons[addonName],",
    replace: "",
    caughtBy: {
      file: "components/cluster/cluster/addons.test.ts",
      test: "every add-on is pinned to the version that belongs to the minor",
    },
  },
  {
    what: "network policies are not enforced",
    file: "components/cluster/cluster/addon-configuration.ts",
    find: 'enableNetworkPolicy: "true"',
    replace: 'enableNetworkPolicy: "false"',
    caughtBy: {
      file: "components/cluster/cluster/addons.test.ts",
      test: "the network add-on enforces network policies, hands out prefixes and has a role of its own",
    },
  },
  {
    what: "the API server lets everybody of the internet in",
    file: "components/cluster/cluster/security-groups.ts",
    find: "      referencedSecurityGroupId: nodes.id,",
    replace: '      cidrIpv4: "0.0.0.0/0",',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "of our own groups only nodes reach the API server, and neither lets anything else in or out",
    },
  },
  {
    what: "charts float to the newest version",
    file: "components/cluster/charts/release.ts",
    find: "      version: chart.version,",
    replace: "",
    caughtBy: {
      file: "components/cluster/charts/addons.test.ts",
      test: "Every chart is pinned, rolled back as a whole, and placed on the system pool",
    },
  },
  {
    what: "the controllers run as root",
    file: "components/cluster/charts/release.ts",
    find: "  runAsNonRoot: true,",
    replace: "  runAsNonRoot: false,",
    caughtBy: {
      file: "components/cluster/charts/addons.test.ts",
      test: "The controllers hold no rights of root, and cannot gain any",
    },
  },
  {
    what: "the controller changes target groups of every account",
    file: "components/cluster/charts/load-balancer-controller.ts",
    find: "targetgroup/*/*`]",
    replace: 'targetgroup/*/*`, "*"]',
    caughtBy: {
      file: "components/cluster/charts/addons.test.ts",
      test: "What the controllers may change is bound to target groups of the account and to groups of the cluster",
    },
  },
  {
    what: "a shell in a pod is told only when there are many",
    file: "components/cluster/cluster/audit-alarms.ts",
    find: "    threshold: 1,",
    replace: "    threshold: 100,",
    caughtBy: {
      file: "components/cluster/cluster/audit-alarms.test.ts",
      test: "a shell in a pod, a nameless caller and a burst of refusals are counted in the cluster's own log and told",
    },
  },
];
