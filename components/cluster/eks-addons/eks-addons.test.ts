import { expect, test } from "vitest";
import { addonConfiguration } from "./configuration.ts";
import { type AddonName, addonNames } from "./index.ts";
import { earlyAddons, lateAddons } from "./names.ts";
import { planEksAddons, versions } from "./test/plan-eks-addons.ts";

const plan = await planEksAddons();
const addonType = "aws:eks/addon:Addon";
const roleType = "aws:iam/role:Role";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

const roles: Partial<Record<AddonName, { readonly role: string; readonly serviceAccount: string }>> = {
  "vpc-cni": { role: "main-vpc-cni", serviceAccount: "aws-node" },
  "aws-ebs-csi-driver": { role: "main-ebs-csi", serviceAccount: "ebs-csi-controller-sa" },
};

function podIdentity(addonName: AddonName): object {
  const own = roles[addonName];
  if (own === undefined) return {};
  const roleArn = plan.one(roleType, own.role).outputs.arn;
  return { podIdentityAssociations: [{ roleArn, serviceAccount: own.serviceAccount }] };
}

test.each(addonNames)("the add-on %s has exactly these inputs", (addonName) => {
  const { parent, inputs, options } = plan.one(addonType, `main-${addonName}`);
  const { configurationValues, ...rest } = inputs;
  expect(rest).toEqual({
    clusterName: "task-test",
    addonName,
    addonVersion: versions[addonName],
    ...podIdentity(addonName),
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
    preserve: false,
  });
  expect(configurationValues).toBe(addonConfiguration(addonName, 3));
  expect(parent).toBe(plan.one("task-platform:test:Parent").urn);
  expect(options.customTimeouts).toEqual({ create: "20m", update: "20m", delete: "20m" });
});

test("early add-ons wait for no node, late add-ons for all, and each for the policies of its role", () => {
  const urn = (type: string, name: string): string => plan.one(type, name).urn;
  const policies: Partial<Record<AddonName, readonly string[]>> = {
    "vpc-cni": [urn(attachmentType, "main-vpc-cni-AmazonEKS_CNI_Policy")],
    "aws-ebs-csi-driver": [
      urn(attachmentType, "main-ebs-csi-AmazonEBSCSIDriverPolicyV2"),
      urn("aws:iam/rolePolicy:RolePolicy", "main-ebs-csi-key"),
    ],
  };
  const nodes = urn("aws:eks/nodeGroup:NodeGroup", "nodes");
  for (const addonName of addonNames) {
    const { dependencies } = plan.one(addonType, `main-${addonName}`).options;
    expect(dependencies).toEqual(expect.arrayContaining([...(policies[addonName] ?? [])]));
    expect(dependencies.includes(nodes)).toBe((lateAddons as readonly AddonName[]).includes(addonName));
  }
  expect(earlyAddons).toEqual(["eks-pod-identity-agent", "kube-proxy", "vpc-cni"]);
});

test("the network add-on enforces network policies and gives out prefixes", () => {
  expect(JSON.parse(addonConfiguration("vpc-cni", 3) ?? "")).toEqual({
    enableNetworkPolicy: "true",
    env: {
      ENABLE_PREFIX_DELEGATION: "true",
      WARM_PREFIX_TARGET: "1",
      NETWORK_POLICY_ENFORCING_MODE: "standard",
    },
  });
});

test("DNS has a replica in every zone, at least two, and keeps answering while a node leaves", () => {
  const values = JSON.parse(addonConfiguration("coredns", 3) ?? "");
  expect(values).toMatchObject({
    autoScaling: { enabled: true, minReplicas: 3, maxReplicas: 10 },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    nodeSelector: { "task-platform/pool": "system" },
  });
  expect(values.topologySpreadConstraints).toHaveLength(2);
  expect(values.corefile).toContain("lameduck 30s");
  expect(JSON.parse(addonConfiguration("coredns", 1) ?? "")).toMatchObject({
    autoScaling: { minReplicas: 2 },
  });
});

test("controllers of add-ons run on the system nodes, and the volume driver on every node", () => {
  const placement = {
    nodeSelector: { "task-platform/pool": "system" },
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
  };
  expect(JSON.parse(addonConfiguration("aws-ebs-csi-driver", 3) ?? "")).toEqual({
    controller: { replicaCount: 2, ...placement },
    node: { tolerateAllTaints: true },
  });
  expect(JSON.parse(addonConfiguration("metrics-server", 3) ?? "")).toEqual({
    replicas: 2,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    ...placement,
  });
});

test("only the service account of the add-on in this cluster can assume its role", () => {
  for (const { role, serviceAccount } of Object.values(roles)) {
    const trust = JSON.parse(String(plan.one(roleType, role).inputs.assumeRolePolicy));
    expect(trust.Statement).toEqual([
      {
        Sid: "PodIdentity",
        Effect: "Allow",
        Principal: { Service: ["pods.eks.amazonaws.com"] },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": "123456789012",
            "aws:SourceArn": "arn:aws:eks:us-east-1:123456789012:cluster/task-test",
            "aws:RequestTag/kubernetes-namespace": "kube-system",
            "aws:RequestTag/kubernetes-service-account": serviceAccount,
          },
        },
      },
    ]);
  }
});

test("the volume driver uses the disk key and can grant it to EC2 only", () => {
  const policy = plan.one("aws:iam/rolePolicy:RolePolicy", "main-ebs-csi-key");
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
