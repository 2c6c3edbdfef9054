import { expect, test } from "vitest";
import { nodePools } from "./index.ts";
import { baseNodeGroups, planNodePools } from "./test/plan-node-pools.ts";
import { nodeUserData } from "./user-data.ts";

const nodeGroupType = "aws:eks/nodeGroup:NodeGroup";
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const plan = await planNodePools();
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

test.each(nodePools)("the node group of pool %s has exactly these inputs", (nodePool) => {
  const name = `main-${nodePool}`;
  expect(plan.one(nodeGroupType, name).inputs).toEqual({
    clusterName: "task-test",
    nodeRoleArn: plan.one("aws:iam/role:Role", "main-nodes").outputs.arn,
    subnetIds: ["subnet-1", "subnet-2", "subnet-4"],
    version: "1.36",
    releaseVersion: "1.36.4-20260930",
    amiType: "AL2023_ARM_64_STANDARD",
    capacityType: "ON_DEMAND",
    instanceTypes: ["m7g.large"],
    launchTemplate: { id: plan.one(templateType, name).id, version: "1" },
    scalingConfig: { minSize: 3, maxSize: 6, desiredSize: 3 },
    updateConfig: { maxUnavailablePercentage: 33 },
    nodeRepairConfig: { enabled: true },
    labels: { "task-platform/pool": nodePool },
    ...(nodePool === "system"
      ? { taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }] }
      : {}),
    tags: { Name: `task-test-${nodePool}` },
  });
});

test("a pool with one group in each zone has one launch template, and the first group takes over the name of the pool", async () => {
  const application = { ...baseNodeGroups.application, groups: "per-zone" as const, maxNodes: 20 };
  const split = await planNodePools({ nodeGroups: { ...baseNodeGroups, application } });
  const groups = split.all(nodeGroupType).filter(({ name }) => name.startsWith("main-application"));
  expect(
    groups.map(({ name, inputs: { subnetIds, scalingConfig, labels, tags } }) => [
      name,
      { subnetIds, scalingConfig, labels, tags },
    ]),
  ).toEqual(
    [
      ["use1-az1", "subnet-1", 7],
      ["use1-az2", "subnet-2", 7],
      ["use1-az4", "subnet-4", 6],
    ].map(([zone, subnet, maxSize]) => [
      `main-application-${zone}`,
      {
        subnetIds: [subnet],
        scalingConfig: { minSize: 1, maxSize, desiredSize: 1 },
        labels: { "task-platform/pool": "application" },
        tags: { Name: `task-test-application-${zone}` },
      },
    ]),
  );
  const template = split.one(templateType, "main-application").id;
  expect(groups.map(({ inputs }) => inputs.launchTemplate)).toEqual(
    groups.map(() => ({ id: template, version: "1" })),
  );
  expect(groups.map(({ options }) => options.aliases.map((urn) => urn.split("::").at(-1)))).toEqual([
    ["main-application"],
    [],
    [],
  ]);
});

test("a node group waits for add-ons and permissions, and leaves its size to the autoscaler", () => {
  const dependencies = [
    plan.one("aws:eks/addon:Addon", "early").urn,
    ...["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"].map(
      (policy) => plan.one(attachmentType, `main-nodes-${policy}`).urn,
    ),
  ];
  for (const { parent, options } of plan.all(nodeGroupType)) {
    expect(parent).toBe(plan.one("task-platform:test:Parent").urn);
    expect(options.dependencies).toEqual(expect.arrayContaining(dependencies));
    expect(options.ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
    expect(options.customTimeouts).toEqual({ create: "30m", update: "3h", delete: "1h" });
  }
});

test("a launch template has exactly these inputs", () => {
  const tags = { owner: "platform", Name: "task-test-system" };
  expect(plan.one(templateType, "main-system").inputs).toEqual({
    description: "Nodes of task-test, pool system.",
    vpcSecurityGroupIds: ["sg-eks", "sg-nodes"],
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
    tagSpecifications: [
      { resourceType: "instance", tags },
      { resourceType: "volume", tags },
      { resourceType: "network-interface", tags },
    ],
  });
});

test("a node pool may use spot capacity and another architecture than the others", async () => {
  const instanceTypes = ["m6i.large", "m6a.large", "m7i.large", "m7a.large"];
  const worker = { ...baseNodeGroups.worker, capacityType: "spot" as const, instanceTypes };
  const changed = await planNodePools({ nodeGroups: { ...baseNodeGroups, worker } });
  expect(changed.one(nodeGroupType, "main-worker").inputs).toMatchObject({
    capacityType: "SPOT",
    amiType: "AL2023_x86_64_STANDARD",
    instanceTypes,
  });
  expect(changed.one(nodeGroupType, "main-system").inputs).toMatchObject({
    capacityType: "ON_DEMAND",
    amiType: "AL2023_ARM_64_STANDARD",
  });
});

test("a node may join the cluster and pull images, and nothing else", () => {
  const { inputs, outputs } = plan.one("aws:iam/role:Role");
  expect(inputs.description).toBe("Nodes of task-test.");
  expect(JSON.parse(String(inputs.assumeRolePolicy)).Statement).toEqual([
    {
      Sid: "Assume",
      Effect: "Allow",
      Principal: { Service: ["ec2.amazonaws.com"] },
      Action: "sts:AssumeRole",
    },
  ]);
  expect(plan.all(attachmentType).map((attachment) => attachment.inputs)).toEqual(
    ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"].map((policy) => ({
      role: outputs.name,
      policyArn: `arn:aws:iam::aws:policy/${policy}`,
    })),
  );
});
