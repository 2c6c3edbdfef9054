import { expect, test } from "vitest";
import { planCluster } from "./test/plan-cluster.ts";
import { addonNames, kubernetesVersion } from "./versions.ts";

const addonType = "aws:eks/addon:Addon";

test("every add-on is pinned to the version that belongs to the minor", async () => {
  const plan = await planCluster();
  const pinned = plan.all(addonType).map(({ inputs }) => [inputs.addonName, inputs.addonVersion]);
  expect(Object.fromEntries(pinned)).toEqual(kubernetesVersion("1.36").addons);
  expect(pinned).toHaveLength(addonNames.length);
});

test("the program wins over changes made by hand, and a removed add-on leaves nothing behind", async () => {
  const plan = await planCluster();
  for (const { inputs } of plan.all(addonType)) {
    expect(inputs).toMatchObject({
      clusterName: "task-test",
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      preserve: false,
    });
  }
});

test("the network add-on enforces network policies, hands out prefixes and has a role of its own", async () => {
  const plan = await planCluster();
  const { inputs, options } = plan.one(addonType, "main-vpc-cni");
  expect(JSON.parse(String(inputs.configurationValues))).toEqual({
    enableNetworkPolicy: "true",
    env: {
      ENABLE_PREFIX_DELEGATION: "true",
      WARM_PREFIX_TARGET: "1",
      NETWORK_POLICY_ENFORCING_MODE: "standard",
    },
  });
  expect(inputs.podIdentityAssociations).toEqual([
    { roleArn: plan.one("aws:iam/role:Role", "main-vpc-cni").outputs.arn, serviceAccount: "aws-node" },
  ]);
  expect(options.dependencies).toContain(
    plan.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "main-vpc-cni-AmazonEKS_CNI_Policy").urn,
  );
});

test("the volume add-on has a role of its own that uses the disk key and grants it to EC2 only", async () => {
  const plan = await planCluster();
  const { inputs, options } = plan.one(addonType, "main-aws-ebs-csi-driver");
  expect(inputs.podIdentityAssociations).toEqual([
    {
      roleArn: plan.one("aws:iam/role:Role", "main-ebs-csi").outputs.arn,
      serviceAccount: "ebs-csi-controller-sa",
    },
  ]);
  const policy = plan.one("aws:iam/rolePolicy:RolePolicy", "main-ebs-csi-key");
  expect(options.dependencies).toContain(policy.urn);
  const Resource = "arn:aws:kms:us-east-1:123456789012:key/disks";
  expect(JSON.parse(String(policy.inputs.policy)).Statement).toEqual([
    {
      Sid: "VolumeKey",
      Effect: "Allow",
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      Resource,
    },
    {
      Sid: "VolumeKeyGrants",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ]);
});

test("roles of add-ons are for their one service account of this cluster", async () => {
  const plan = await planCluster();
  for (const [role, account] of [
    ["main-vpc-cni", "aws-node"],
    ["main-ebs-csi", "ebs-csi-controller-sa"],
  ] as const) {
    const trust = JSON.parse(String(plan.one("aws:iam/role:Role", role).inputs.assumeRolePolicy));
    expect(trust.Statement).toHaveLength(1);
    expect(trust.Statement[0]).toMatchObject({
      Principal: { Service: ["pods.eks.amazonaws.com"] },
      Condition: {
        StringEquals: {
          "aws:SourceArn": "arn:aws:eks:us-east-1:123456789012:cluster/task-test",
          "aws:RequestTag/kubernetes-namespace": "kube-system",
          "aws:RequestTag/kubernetes-service-account": account,
        },
      },
    });
  }
});

test("names are answered from every zone and do not stop while a node leaves", async () => {
  const plan = await planCluster();
  const values = JSON.parse(String(plan.one(addonType, "main-coredns").inputs.configurationValues));
  expect(values).toMatchObject({
    autoScaling: { enabled: true, minReplicas: 3, maxReplicas: 10 },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    nodeSelector: { "task-platform/pool": "system" },
  });
  expect(values.topologySpreadConstraints).toHaveLength(2);
  expect(values.corefile).toContain("lameduck 30s");
});

test("add-ons that are pods come after the nodes and go before them; the others the other way", async () => {
  const plan = await planCluster();
  const nodes = plan.all("aws:eks/nodeGroup:NodeGroup").map(({ urn }) => urn);
  const late = plan
    .all(addonType)
    .filter(({ options }) => nodes.every((urn) => options.dependencies.includes(urn)));
  expect(late.map(({ inputs }) => inputs.addonName).toSorted()).toEqual([
    "aws-ebs-csi-driver",
    "coredns",
    "eks-node-monitoring-agent",
    "metrics-server",
  ]);
  const early = plan.all(addonType).filter((addon) => !late.includes(addon));
  expect(early.flatMap(({ options }) => options.dependencies).filter((urn) => nodes.includes(urn))).toEqual(
    [],
  );
});
