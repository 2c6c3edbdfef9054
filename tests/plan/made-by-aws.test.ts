import { expect, test } from "vitest";
import { planCluster } from "../../components/cluster/cluster/test/plan-cluster.ts";
import { planNetwork } from "../../components/network/network/test/network.fixture.ts";

test("EKS makes a group whose members reach each other and everything outside, with the id that the cluster shows", async () => {
  const plan = await planCluster();
  const { clusterSecurityGroupId } = plan.one("aws:eks/cluster:Cluster").outputs.vpcConfig as {
    readonly clusterSecurityGroupId: string;
  };
  const rule = { securityGroupId: clusterSecurityGroupId, ipProtocol: "-1" };
  expect(plan.madeByAws.map(({ name, id, inputs }) => [name, id, inputs])).toEqual([
    ["main-eksCluster-group-of-eks", clusterSecurityGroupId, expect.anything()],
    [
      "main-eksCluster-group-of-eks-in",
      `${clusterSecurityGroupId}-in`,
      expect.objectContaining({ ...rule, referencedSecurityGroupId: clusterSecurityGroupId }),
    ],
    [
      "main-eksCluster-group-of-eks-out",
      `${clusterSecurityGroupId}-out`,
      expect.objectContaining({ ...rule, cidrIpv4: "0.0.0.0/0" }),
    ],
  ]);
  const registered = new Set(plan.resources.map(({ urn }) => urn));
  expect(plan.madeByAws.filter(({ urn }) => registered.has(urn))).toEqual([]);
});

test("a network comes with an open access list for the subnets that have no other, and a main route table", async () => {
  const plan = await planNetwork();
  const [list, table, ...others] = plan.madeByAws;
  expect([list?.name, table?.name, others]).toEqual([
    "main-default-access-list",
    "main-main-route-table",
    [],
  ]);
  const subnets = plan.all("aws:ec2/subnet:Subnet");
  const open = subnets.filter(({ name }) => !name.startsWith("main-data-")).map(({ id }) => id);
  expect(new Set(list?.inputs.subnetIds as string[])).toEqual(new Set(open));
  expect(list?.inputs.ingress).toMatchObject([{ action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0" }]);
});

test("a preview shows nothing of it, because it has no ids", async () => {
  expect((await planCluster({}, "preview")).madeByAws).toEqual([]);
});
