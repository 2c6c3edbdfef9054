import { expect, test } from "vitest";
import { nodeUserData } from "./node-user-data.ts";
import { baseArgs, planCluster } from "./test/plan-cluster.ts";

const nodeGroupType = "aws:eks/nodeGroup:NodeGroup";
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

test("a node group is private, pinned, spread over zones, repaired and updated by thirds", async () => {
  const plan = await planCluster();
  const template = plan.one(templateType, "main-application");
  expect(plan.one(nodeGroupType, "main-application").inputs).toEqual({
    clusterName: "task-test",
    nodeRoleArn: plan.one("aws:iam/role:Role", "main-nodes").outputs.arn,
    subnetIds: ["subnet-node-1", "subnet-node-2", "subnet-node-4"],
    version: "1.36",
    releaseVersion: "1.36.4-20260930",
    amiType: "AL2023_ARM_64_STANDARD",
    capacityType: "ON_DEMAND",
    instanceTypes: ["m7g.large"],
    launchTemplate: { id: template.id, version: "1" },
    scalingConfig: { minSize: 3, maxSize: 6, desiredSize: 3 },
    updateConfig: { maxUnavailablePercentage: 33 },
    nodeRepairConfig: { enabled: true },
    labels: { "task-platform/pool": "application" },
    tags: { Name: "task-test-application" },
  });
});

test("only the system pool is tainted, and each pool is labelled", async () => {
  const plan = await planCluster();
  const groups = plan.all(nodeGroupType);
  expect(
    Object.fromEntries(groups.map(({ name, inputs }) => [name, [inputs.labels, inputs.taints]])),
  ).toEqual({
    "main-system": [
      { "task-platform/pool": "system" },
      [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
    ],
    "main-application": [{ "task-platform/pool": "application" }, undefined],
    "main-worker": [{ "task-platform/pool": "worker" }, undefined],
  });
});

test("a pool may be of spot capacity and of another architecture than the rest", async () => {
  const { nodeGroups } = baseArgs.settings;
  const instanceTypes = ["m6i.large", "m6a.large", "m7i.large", "m7a.large"];
  const worker = { ...nodeGroups.worker, capacity: "spot" as const, instanceTypes };
  const plan = await planCluster({ settings: { nodeGroups: { ...nodeGroups, worker } } });
  expect(plan.one(nodeGroupType, "main-worker").inputs).toMatchObject({
    capacityType: "SPOT",
    amiType: "AL2023_x86_64_STANDARD",
    instanceTypes,
  });
  expect(plan.one(nodeGroupType, "main-system").inputs).toMatchObject({
    capacityType: "ON_DEMAND",
    amiType: "AL2023_ARM_64_STANDARD",
  });
});

test("a node asks for a token before it tells credentials, one hop far, and its disk is encrypted with our key", async () => {
  const plan = await planCluster();
  const nodes = plan.one("aws:ec2/securityGroup:SecurityGroup", "main-nodes");
  const { tagSpecifications, vpcSecurityGroupIds, ...inputs } = plan.one(templateType, "main-system").inputs;
  expect(inputs).toEqual({
    description: "Nodes of task-test, pool system.",
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "disabled",
    },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: {
          volumeType: "gp3",
          volumeSize: 50,
          encrypted: "true",
          kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/disks",
          deleteOnTermination: "true",
        },
      },
    ],
    monitoring: { enabled: true },
    userData: Buffer.from(nodeUserData()).toString("base64"),
  });
  // The group EKS makes must be named too, or nodes would not reach the control plane.
  expect(vpcSecurityGroupIds).toHaveLength(2);
  expect(vpcSecurityGroupIds).toContain(nodes.id);
});

test("instances, disks and interfaces carry the tags that default tags do not reach", async () => {
  const plan = await planCluster({ tags: { owner: "platform" } });
  const tags = { owner: "platform", Name: "task-test-worker" };
  expect(plan.one(templateType, "main-worker").inputs.tagSpecifications).toEqual([
    { resourceType: "instance", tags },
    { resourceType: "volume", tags },
    { resourceType: "network-interface", tags },
  ]);
});

test("a node may join and pull images, and nothing else", async () => {
  const plan = await planCluster();
  const { name } = plan.one("aws:iam/role:Role", "main-nodes").outputs;
  const attached = plan
    .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .filter(({ inputs }) => inputs.role === name);
  expect(attached.map(({ inputs }) => inputs.policyArn).toSorted()).toEqual([
    "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
  ]);
});

test("the size that the autoscaler chose is left alone", async () => {
  const plan = await planCluster();
  for (const group of plan.all(nodeGroupType)) {
    expect(group.options.ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
  }
});

test("nodes wait for network, proxy, identity and their rights, and leave before those do", async () => {
  const plan = await planCluster();
  const urns = [
    ...["main-vpc-cni", "main-kube-proxy", "main-eks-pod-identity-agent"].map(
      (name) => plan.one("aws:eks/addon:Addon", name).urn,
    ),
    ...["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"].map(
      (policy) => plan.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment", `main-nodes-${policy}`).urn,
    ),
  ];
  for (const group of plan.all(nodeGroupType)) {
    expect(group.options.dependencies).toEqual(expect.arrayContaining(urns));
  }
});
