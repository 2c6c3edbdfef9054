import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { PodIdentity, type PodIdentityArgs } from "./index.ts";

const args: PodIdentityArgs = {
  clusterName: "task-test",
  clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/task-test",
  accountId: "123456789012",
  namespace: "tasks",
  serviceAccount: "task-api",
  statements: [{ sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::attachments/*"] }],
};

function planPodIdentity(changes: Partial<PodIdentityArgs> = {}) {
  return planProgram(() => {
    const podIdentity = new PodIdentity("api", { ...args, ...changes });
    return { roleArn: podIdentity.roleArn };
  });
}

test("a pod identity is a role, one policy and the association with one service account", async () => {
  const plan = await planPodIdentity();
  const role = plan.one("aws:iam/role:Role");
  const policy = plan.one("aws:iam/rolePolicy:RolePolicy");
  const association = plan.one("aws:eks/podIdentityAssociation:PodIdentityAssociation");
  expect(plan.resources.filter(({ type }) => type.startsWith("aws:"))).toHaveLength(3);
  expect(association.inputs).toEqual({
    clusterName: "task-test",
    namespace: "tasks",
    serviceAccount: "task-api",
    roleArn: role.outputs.arn,
  });
  expect(association.options.dependencies).toContain(policy.urn);
  expect(policy.inputs.role).toBe(role.outputs.name);
  expect(JSON.parse(String(policy.inputs.policy)).Statement).toEqual([
    { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::attachments/*" },
  ]);
  expect(plan.outputs.roleArn).toBe(role.outputs.arn);
});

test("no other cluster, namespace or service account can assume the role", async () => {
  const plan = await planPodIdentity();
  const trust = JSON.parse(String(plan.one("aws:iam/role:Role").inputs.assumeRolePolicy));
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
          "aws:RequestTag/kubernetes-namespace": "tasks",
          "aws:RequestTag/kubernetes-service-account": "task-api",
        },
      },
    },
  ]);
});

test("one message refuses wildcards and an empty policy", async () => {
  const text = await planPodIdentity({ namespace: "*", serviceAccount: "Api", statements: [] }).then(
    () => "",
    (error: Error) => error.message,
  );
  expect(text).toContain('pod identity "api": 3 problems');
  for (const part of ['namespace: got "*"', 'serviceAccount: got "Api"', "statements: got none"]) {
    expect(text).toContain(part);
  }
});
