import type { Mutation } from "../mutation.ts";

/** The block "cluster" and its add-ons. */
export const clusterMutations: readonly Mutation[] = [
  {
    what: "the API server always has a public endpoint",
    file: "components/cluster/cluster/control-plane.ts",
    find: "endpointPublicAccess: settings.publicEndpoint,",
    replace: "endpointPublicAccess: true,",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane has exactly these inputs",
    },
  },
  {
    what: "the public endpoint admits everybody",
    file: "components/cluster/cluster/control-plane.ts",
    find: "{ publicAccessCidrs: [...args.operatorCidrs] }",
    replace: '{ publicAccessCidrs: ["0.0.0.0/0"] }',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "a public endpoint admits the operator ranges only, and ranges alone open no endpoint",
    },
  },
  {
    what: "secrets of the cluster are not encrypted with our key",
    file: "components/cluster/cluster/control-plane.ts",
    find: "      encryptionConfigKeyArn: args.secretsKeyArn,",
    replace: "",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane has exactly these inputs",
    },
  },
  {
    what: "the audit log of the API server is off",
    file: "components/cluster/cluster/control-plane.ts",
    find: 'const logTypes = ["api", "audit", ',
    replace: 'const logTypes = ["api", ',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane has exactly these inputs",
    },
  },
  {
    what: "the cluster moves to extended support",
    file: "components/cluster/cluster/control-plane.ts",
    find: '{ supportType: "STANDARD" }',
    replace: '{ supportType: "EXTENDED" }',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane has exactly these inputs",
    },
  },
  {
    what: "the cluster can be deleted by mistake",
    file: "components/cluster/cluster/control-plane.ts",
    find: "deletionProtection: settings.deletionProtected,",
    replace: "deletionProtection: false,",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane has exactly these inputs",
    },
  },
  {
    what: "the config map gives access as well",
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
      test: "the log group exists before the cluster, and stays after it unless a destroy removes everything",
    },
  },
  {
    what: "the creator of the cluster stays its administrator",
    file: "components/cluster/cluster/control-plane-overrides.ts",
    find: "bootstrapClusterCreatorAdminPermissions: false",
    replace: "bootstrapClusterCreatorAdminPermissions: true",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane has exactly these inputs",
    },
  },
  {
    what: "a node gives credentials without a token",
    file: "components/cluster/node-pools/launch-template.ts",
    find: 'httpTokens: "required"',
    replace: 'httpTokens: "optional"',
    caughtBy: {
      file: "components/cluster/node-pools/node-pools.test.ts",
      test: "a launch template has exactly these inputs",
    },
  },
  {
    what: "pods reach the credentials of their node",
    file: "components/cluster/node-pools/launch-template.ts",
    find: "httpPutResponseHopLimit: 1",
    replace: "httpPutResponseHopLimit: 2",
    caughtBy: {
      file: "components/cluster/node-pools/node-pools.test.ts",
      test: "a launch template has exactly these inputs",
    },
  },
  {
    what: "disks of nodes are not encrypted",
    file: "components/cluster/node-pools/launch-template.ts",
    find: 'encrypted: "true"',
    replace: 'encrypted: "false"',
    caughtBy: {
      file: "components/cluster/node-pools/node-pools.test.ts",
      test: "a launch template has exactly these inputs",
    },
  },
  {
    what: "the image of nodes is not pinned",
    file: "components/cluster/node-pools/node-pools.ts",
    find: "      releaseVersion: args.nodeRelease,",
    replace: "",
    caughtBy: {
      file: "components/cluster/node-pools/node-pools.test.ts",
      test: "the node group of pool system has exactly these inputs",
    },
  },
  {
    what: "broken nodes are not repaired",
    file: "components/cluster/node-pools/node-pools.ts",
    find: "nodeRepairConfig: { enabled: true }",
    replace: "nodeRepairConfig: { enabled: false }",
    caughtBy: {
      file: "components/cluster/node-pools/node-pools.test.ts",
      test: "the node group of pool system has exactly these inputs",
    },
  },
  {
    what: "a deploy undoes the size that the autoscaler set",
    file: "components/cluster/node-pools/node-pools.ts",
    find: '      ignoreChanges: ["scalingConfig.desiredSize"],',
    replace: "",
    caughtBy: {
      file: "components/cluster/node-pools/node-pools.test.ts",
      test: "a node group waits for add-ons and permissions, and leaves its size to the autoscaler",
    },
  },
  {
    what: "EKS can assume the role for any cluster",
    file: "components/cluster/cluster/control-plane-role.ts",
    find: '        ArnLike: { "aws:SourceArn": clusterArn(args) },',
    replace: "",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "only EKS can assume the role of the control plane, and only for this cluster",
    },
  },
  {
    what: "the volume add-on may grant the disk key to anybody",
    file: "components/cluster/eks-addons/roles.ts",
    find: '          conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },',
    replace: "",
    caughtBy: {
      file: "components/cluster/eks-addons/eks-addons.test.ts",
      test: "the volume driver uses the disk key and can grant it to EC2 only",
    },
  },
  {
    what: "nodes may push images",
    file: "components/cluster/node-pools/node-role.ts",
    find: '"AmazonEC2ContainerRegistryPullOnly"',
    replace: '"AmazonEC2ContainerRegistryPowerUser"',
    caughtBy: {
      file: "components/cluster/node-pools/node-pools.test.ts",
      test: "a node may join the cluster and pull images, and nothing else",
    },
  },
  {
    what: "add-ons use the default version of EKS",
    file: "components/cluster/eks-addons/eks-addons.ts",
    find: "        addonVersion: args.versions[addonName],",
    replace: "",
    caughtBy: {
      file: "components/cluster/eks-addons/eks-addons.test.ts",
      test: "the add-on vpc-cni has exactly these inputs",
    },
  },
  {
    what: "network policies are not enforced",
    file: "components/cluster/eks-addons/configuration.ts",
    find: 'enableNetworkPolicy: "true"',
    replace: 'enableNetworkPolicy: "false"',
    caughtBy: {
      file: "components/cluster/eks-addons/eks-addons.test.ts",
      test: "the network add-on enforces network policies and gives out prefixes",
    },
  },
  {
    what: "the security group of the API server admits the whole internet",
    file: "components/cluster/cluster/security-groups.ts",
    find: "      referencedSecurityGroupId: nodes.id,",
    replace: '      cidrIpv4: "0.0.0.0/0",',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "our security groups admit nodes to the API server, and nothing else in or out",
    },
  },
  {
    what: "charts use the newest version",
    file: "components/cluster/charts/controller.ts",
    find: "      version: chart.version,",
    replace: "",
    caughtBy: {
      file: "components/cluster/charts/cluster-controllers.test.ts",
      test: "the load balancer controller has exactly these values, and manages neither load balancers nor the firewall",
    },
  },
  {
    what: "the controllers run as root",
    file: "components/cluster/charts/controller.ts",
    find: "  runAsNonRoot: true,",
    replace: "  runAsNonRoot: false,",
    caughtBy: {
      file: "components/cluster/charts/cluster-controllers.test.ts",
      test: "the cluster autoscaler has exactly these values, and the minor of the cluster",
    },
  },
  {
    what: "the controller changes target groups of every account",
    file: "components/cluster/charts/load-balancer-controller.ts",
    find: "resources: [`arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/*/*`]",
    replace: 'resources: [`arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/*/*`, "*"]',
    caughtBy: {
      file: "components/cluster/charts/cluster-controllers.test.ts",
      test: "the controllers may change target groups of the account and autoscaling groups of the cluster only",
    },
  },
  {
    what: "one shell in a pod raises no alarm",
    file: "components/cluster/cluster/alarms.ts",
    find: "    threshold: 1,",
    replace: "    threshold: 100,",
    caughtBy: {
      file: "components/cluster/cluster/alarms.test.ts",
      test: "shells in pods, anonymous callers and bursts of refusals each have a metric filter and an alarm",
    },
  },
];
