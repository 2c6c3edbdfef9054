import { expect, test } from "vitest";
import { planCluster, removable } from "./test/plan-cluster.ts";
import { kubernetesVersion } from "./versions.ts";

const controlPlaneType = "aws:eks/cluster:Cluster";

test("a cluster is exactly these resources", async () => {
  const plan = await planCluster();
  const own = plan.resources.filter((resource) => resource.parent.includes("task-platform:cluster:Cluster"));
  expect(own.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).toSorted()).toEqual([
    "AccessEntry main-deploy",
    "AccessPolicyAssociation main-deploy-admin",
    "Addon main-aws-ebs-csi-driver",
    "Addon main-coredns",
    "Addon main-eks-node-monitoring-agent",
    "Addon main-eks-pod-identity-agent",
    "Addon main-kube-proxy",
    "Addon main-metrics-server",
    "Addon main-vpc-cni",
    "Cluster main",
    "Cluster main-eksCluster",
    "LaunchTemplate main-application",
    "LaunchTemplate main-system",
    "LaunchTemplate main-worker",
    "LogGroup main-control-plane",
    "LogMetricFilter main-audit-anonymous",
    "LogMetricFilter main-audit-exec",
    "LogMetricFilter main-audit-forbidden",
    "MetricAlarm main-alarm-audit-anonymous",
    "MetricAlarm main-alarm-audit-exec",
    "MetricAlarm main-alarm-audit-forbidden",
    "NodeGroup main-application",
    "NodeGroup main-system",
    "NodeGroup main-worker",
    "Role main-control-plane",
    "Role main-ebs-csi",
    "Role main-nodes",
    "Role main-vpc-cni",
    "RolePolicy main-ebs-csi-key",
    "RolePolicyAttachment main-control-plane-AmazonEKSClusterPolicy",
    "RolePolicyAttachment main-ebs-csi-AmazonEBSCSIDriverPolicyV2",
    "RolePolicyAttachment main-nodes-AmazonEC2ContainerRegistryPullOnly",
    "RolePolicyAttachment main-nodes-AmazonEKSWorkerNodePolicy",
    "RolePolicyAttachment main-vpc-cni-AmazonEKS_CNI_Policy",
    "SecurityGroup main-control-plane",
    "SecurityGroup main-nodes",
    "SecurityGroupIngressRule main-control-plane-caller-sg-0a1b2c3d4e5f60718",
    "SecurityGroupIngressRule main-control-plane-nodes",
    "kubernetes main-eks-k8s",
    "kubernetes main-kubernetes",
  ]);
});

test("the control plane has exactly these inputs", async () => {
  const plan = await planCluster();
  const role = plan.one("aws:iam/role:Role", "main-control-plane");
  const group = plan.one("aws:ec2/securityGroup:SecurityGroup", "main-control-plane");
  expect(plan.one(controlPlaneType).inputs).toEqual({
    name: "task-test",
    version: "1.36",
    roleArn: role.outputs.arn,
    upgradePolicy: { supportType: "STANDARD" },
    deletionProtection: true,
    zonalShiftConfig: { enabled: true },
    bootstrapSelfManagedAddons: false,
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    encryptionConfig: {
      provider: { keyArn: "arn:aws:kms:us-east-1:123456789012:key/cluster" },
      resources: ["secrets"],
    },
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
    vpcConfig: {
      subnetIds: ["subnet-cp-1", "subnet-cp-2", "subnet-cp-4"],
      securityGroupIds: [group.id],
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    },
    tags: { Name: "main-eksCluster" },
  });
});

test("a public endpoint admits the operator ranges only, and ranges alone open no endpoint", async () => {
  const open = await planCluster({ settings: { publicEndpoint: true } });
  expect(open.one(controlPlaneType).inputs.vpcConfig).toMatchObject({
    endpointPrivateAccess: true,
    endpointPublicAccess: true,
    publicAccessCidrs: ["203.0.113.0/24"],
  });
  const closed = await planCluster();
  expect(closed.one(controlPlaneType).inputs.vpcConfig).not.toHaveProperty("publicAccessCidrs");
});

test("everything optional of eks.Cluster is off: nodes, security groups, add-ons, OIDC", async () => {
  const plan = await planCluster();
  expect(plan.one("eks:index:Cluster").inputs).toMatchObject({
    skipDefaultNodeGroup: true,
    skipDefaultSecurityGroups: true,
    nodeAssociatePublicIpAddress: false,
    nodeRootVolumeEncrypted: true,
    bootstrapSelfManagedAddons: false,
    useDefaultVpcCni: true,
    kubeProxyAddonOptions: { enabled: false },
    corednsAddonOptions: { enabled: false },
    createOidcProvider: false,
  });
});

test("the log group exists before the cluster, and stays after it unless a destroy removes everything", async () => {
  const plan = await planCluster();
  const logGroup = plan.one("aws:cloudwatch/logGroup:LogGroup");
  expect(logGroup.inputs).toEqual({
    name: "/aws/eks/task-test/cluster",
    retentionInDays: 90,
    kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/logs",
  });
  expect(plan.one(controlPlaneType).options.dependencies).toContain(logGroup.urn);
  expect(logGroup.options.retainOnDelete).toBe(true);
  const gone = await planCluster(removable);
  expect(gone.one("aws:cloudwatch/logGroup:LogGroup").options.retainOnDelete).toBe(false);
});

test("the cluster waits for the policies of its role, so a destroy removes them after it", async () => {
  const plan = await planCluster();
  const attachment = plan.one(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "main-control-plane-AmazonEKSClusterPolicy",
  );
  expect(plan.one(controlPlaneType).options.dependencies).toContain(attachment.urn);
});

test("node groups and add-ons get the row of the minor, the subnets in order of zones, and wait for each other", async () => {
  const plan = await planCluster();
  const { addons, nodeRelease } = kubernetesVersion("1.36");
  const group = plan.one("aws:eks/nodeGroup:NodeGroup", "main-system");
  expect(group.inputs).toMatchObject({
    version: "1.36",
    releaseVersion: nodeRelease,
    subnetIds: ["subnet-node-1", "subnet-node-2", "subnet-node-4"],
  });
  const installed = plan.all("aws:eks/addon:Addon");
  expect(Object.fromEntries(installed.map(({ inputs }) => [inputs.addonName, inputs.addonVersion]))).toEqual(
    addons,
  );
  const dependsOnNodes = installed.filter(({ options }) => options.dependencies.includes(group.urn));
  const first = installed.filter((addon) => !dependsOnNodes.includes(addon)).map(({ urn }) => urn);
  expect(first).toHaveLength(3);
  expect(group.options.dependencies).toEqual(expect.arrayContaining(first));
});

test("nodes are in our security group and in the one that EKS creates", async () => {
  const plan = await planCluster({ tags: { owner: "platform" } });
  const { vpcConfig } = plan.one(controlPlaneType).outputs as {
    vpcConfig: { clusterSecurityGroupId: string };
  };
  const template = plan.one("aws:ec2/launchTemplate:LaunchTemplate", "main-worker").inputs;
  expect(template).toMatchObject({
    vpcSecurityGroupIds: [
      vpcConfig.clusterSecurityGroupId,
      plan.one("aws:ec2/securityGroup:SecurityGroup", "main-nodes").id,
    ],
    tagSpecifications: [{ tags: { owner: "platform", Name: "task-test-worker" } }, {}, {}],
  });
});

test("only EKS can assume the role of the control plane, and only for this cluster", async () => {
  const plan = await planCluster();
  const { assumeRolePolicy } = plan.one("aws:iam/role:Role", "main-control-plane").inputs;
  expect(JSON.parse(String(assumeRolePolicy)).Statement).toEqual([
    {
      Sid: "Assume",
      Effect: "Allow",
      Principal: { Service: ["eks.amazonaws.com"] },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:eks:us-east-1:123456789012:cluster/task-test" },
      },
    },
  ]);
});

test("only the named administrators have access, without any Kubernetes group", async () => {
  const plan = await planCluster({
    administrators: {
      deploy: "arn:aws:iam::123456789012:role/deploy",
      "break-glass": "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/break-glass",
    },
  });
  const entries = plan.all("aws:eks/accessEntry:AccessEntry");
  expect(Object.fromEntries(entries.map((entry) => [entry.name, entry.inputs]))).toEqual({
    "main-deploy": {
      clusterName: "task-test",
      principalArn: "arn:aws:iam::123456789012:role/deploy",
      type: "STANDARD",
    },
    "main-break-glass": {
      clusterName: "task-test",
      principalArn: "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/break-glass",
      type: "STANDARD",
    },
  });
  const policies = plan.all("aws:eks/accessPolicyAssociation:AccessPolicyAssociation");
  expect(policies.map(({ inputs }) => [inputs.policyArn, inputs.accessScope])).toEqual(
    Array.from({ length: 2 }, () => [
      "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      { type: "cluster" },
    ]),
  );
});

test("our security groups admit nodes and the named callers to the API server, and nothing else in or out", async () => {
  const plan = await planCluster({ apiServerCallers: ["sg-0a1b2c3d4e5f60718", "10.90.4.0/24"] });
  const nodes = plan.one("aws:ec2/securityGroup:SecurityGroup", "main-nodes");
  const controlPlane = plan.one("aws:ec2/securityGroup:SecurityGroup", "main-control-plane");
  const rules = plan.all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
  const https = { securityGroupId: controlPlane.id, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  const callers = { ...https, description: "API server, from operators or pipelines." };
  expect(rules.map(({ inputs }) => inputs)).toEqual([
    { ...callers, cidrIpv4: "10.90.4.0/24" },
    { ...callers, referencedSecurityGroupId: "sg-0a1b2c3d4e5f60718" },
    { ...https, referencedSecurityGroupId: nodes.id, description: "API server, from nodes and pods." },
  ]);
  expect(plan.all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")).toEqual([]);
  // With two groups of this tag on one interface the load balancer controller refuses to work.
  for (const group of [nodes, controlPlane]) {
    expect(Object.keys(group.inputs.tags as object)).toEqual(["Name"]);
  }
});

test("the cluster is protected where it must stay, and nothing is where a destroy removes everything", async () => {
  const kept = await planCluster();
  expect(kept.one(controlPlaneType).options).toMatchObject({ protect: true, retainOnDelete: false });
  const gone = await planCluster(removable);
  expect(gone.resources.filter(({ options }) => options.protect || options.retainOnDelete)).toEqual([]);
  expect(gone.one(controlPlaneType).inputs.deletionProtection).toBe(false);
});

test("every AWS resource uses the given provider, also the children of the plugin", async () => {
  const plan = await planCluster();
  const home = plan.one("pulumi:providers:aws");
  const foreign = plan.resources.filter(
    ({ type, options }) => type.startsWith("aws:") && !options.provider.startsWith(home.urn),
  );
  expect(foreign.map(({ name }) => name)).toEqual([]);
  expect(plan.all("pulumi:providers:aws")).toHaveLength(1);
});

test("a new address or certificate does not replace the Kubernetes provider", async () => {
  const plan = await planCluster();
  const { inputs } = plan.one("pulumi:providers:kubernetes", "main-kubernetes");
  expect(inputs).toMatchObject({
    clusterIdentifier: "task-test",
    enableServerSideApply: "true",
    enablePatchForce: "true",
  });
  expect(String(inputs.kubeconfig)).toContain('"get-token"');
  expect(String(inputs.kubeconfig)).not.toContain("--profile");
});

test("the outputs name the cluster, the group of its nodes and the resources to wait for", async () => {
  const plan = await planCluster();
  const urn = (type: string, name: string): string => plan.one(type, name).urn;
  expect(plan.outputs).toMatchObject({
    clusterName: "task-test",
    clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/task-test",
    nodeSecurityGroupId: plan.one("aws:ec2/securityGroup:SecurityGroup", "main-nodes").id,
    podIdentityReady: [urn("aws:eks/addon:Addon", "main-eks-pod-identity-agent")],
  });
  expect(plan.outputs.nodesReady).toEqual(
    expect.arrayContaining([
      urn("aws:eks/nodeGroup:NodeGroup", "main-system"),
      urn("aws:eks/nodeGroup:NodeGroup", "main-application"),
      urn("aws:eks/nodeGroup:NodeGroup", "main-worker"),
      urn("aws:eks/addon:Addon", "main-coredns"),
    ]),
  );
});

test("a preview without known values has the same resources", async () => {
  const [preview, resolved] = [await planCluster({}, "preview"), await planCluster()];
  const urns = (plan: typeof preview): string[] => plan.resources.map(({ urn }) => urn);
  expect(urns(preview)).toEqual(urns(resolved));
});
