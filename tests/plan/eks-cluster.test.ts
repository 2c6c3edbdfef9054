import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import type * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { type Plan, type PlanMode, planProgram } from "../../tools/plan/index.ts";

const whole: eks.ClusterArgs = {
  name: "task-test",
  version: "1.36",
  vpcId: "vpc-1",
  privateSubnetIds: ["subnet-1", "subnet-2"],
  authenticationMode: "API",
  skipDefaultNodeGroup: true,
  skipDefaultSecurityGroups: true,
  useDefaultVpcCni: true,
  bootstrapSelfManagedAddons: false,
  kubeProxyAddonOptions: { enabled: false },
  corednsAddonOptions: { enabled: false },
};

function planCluster(
  change: Partial<eks.ClusterArgs> = {},
  mode: PlanMode = "resolved",
  opts: pulumi.ComponentResourceOptions = {},
): Promise<Plan> {
  return planProgram(
    () => {
      const home = new aws.Provider("home", { region: "eu-west-1", allowedAccountIds: ["222222222222"] });
      const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" }, { provider: home });
      const group = new aws.ec2.SecurityGroup("group", {}, { provider: home });
      const args = { ...whole, serviceRole: role, clusterSecurityGroup: group, ...change };
      const cluster = new eks.Cluster("main", args, { providers: [home], ...opts });
      return { name: cluster.eksCluster.name, kubeconfig: cluster.kubeconfigJson };
    },
    { mode },
  );
}

const clusterType = "aws:eks/cluster:Cluster";

test("The cluster gets the children that its plugin would register, with the names of the plugin", async () => {
  const plan = await planCluster();
  const children = plan.resources.filter(({ urn }) => urn.includes("eks:index:Cluster$"));
  expect(
    children.map(({ urn }) => urn.replace("urn:pulumi:dev::task-platform::eks:index:Cluster$", "")),
  ).toEqual(["aws:eks/cluster:Cluster::main-eksCluster", "pulumi:providers:kubernetes::main-eks-k8s"]);
});

test("A resource that is given as an argument becomes an ARN or id in the control plane, and a dependency", async () => {
  const plan = await planCluster();
  const { inputs, options } = plan.one(clusterType);
  const role = plan.one("aws:iam/role:Role");
  const group = plan.one("aws:ec2/securityGroup:SecurityGroup");
  expect(inputs.roleArn).toBe(role.outputs.arn);
  expect(inputs.vpcConfig).toEqual({ subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: [group.id] });
  expect(options.propertyDependencies).toEqual({ roleArn: [role.urn], vpcConfig: [group.urn] });
  expect(options.dependencies).toEqual([role.urn, group.urn].toSorted());
});

test("Children are in the account and the region of the provider that was passed", async () => {
  const plan = await planCluster();
  const home = plan.one("pulumi:providers:aws");
  const cluster = plan.one(clusterType);
  expect(cluster.options.provider).toBe(`${home.urn}::${home.id}`);
  expect(cluster.outputs.arn).toBe("arn:aws:eks:eu-west-1:222222222222:cluster/task-test");
});

test("A preview knows the name of the cluster, but no output of EKS", async () => {
  const preview = await planCluster({}, "preview");
  expect(preview.outputs.name).toBe("task-test");
  expect(preview.outputs.kubeconfig).not.toContain("eks.amazonaws.com");
  expect(preview.one(clusterType).unknownInputs).toEqual(["roleArn", "vpcConfig.securityGroupIds[0]"]);
  const resolved = await planCluster();
  expect(JSON.parse(String(resolved.outputs.kubeconfig))).toMatchObject({
    clusters: [{ cluster: { server: resolved.one(clusterType).outputs.endpoint } }],
    users: [
      {
        user: {
          exec: {
            command: "aws",
            args: [
              "--region",
              "eu-west-1",
              "eks",
              "get-token",
              "--cluster-name",
              "task-test",
              "--output",
              "json",
            ],
          },
        },
      },
    ],
  });
});

test("A transform of the component reaches the control plane, with inputs and options", async () => {
  const zonalShift: pulumi.ResourceTransform = ({ type, props, opts }) =>
    type === clusterType
      ? { props: { ...props, zonalShiftConfig: { enabled: true } }, opts: { ...opts, protect: true } }
      : undefined;
  const { inputs, options } = (await planCluster({}, "resolved", { transforms: [zonalShift] })).one(
    clusterType,
  );
  expect(inputs.zonalShiftConfig).toEqual({ enabled: true });
  expect(options.protect).toBe(true);
  expect(options.ignoreChanges).toContain("bootstrapSelfManagedAddons");
});

test("Children inherit the protection of the component", async () => {
  const plan = await planCluster({}, "resolved", { protect: true, retainOnDelete: true });
  const { protect, retainOnDelete } = plan.one(clusterType).options;
  expect([protect, retainOnDelete]).toEqual([true, true]);
});

test("All arguments that would create children outside the table are refused at once", async () => {
  const plan = planCluster({
    skipDefaultNodeGroup: false,
    createOidcProvider: true,
    corednsAddonOptions: { enabled: true },
    storageClasses: "gp2",
  });
  await expect(plan).rejects.toThrow(
    'eks:index:Cluster "main": argument storageClasses is not in the expansion table; ' +
      "argument skipDefaultNodeGroup must be true; " +
      "argument corednsAddonOptions.enabled must be false: the add-on is a resource of the program; " +
      "argument createOidcProvider must be false",
  );
});
