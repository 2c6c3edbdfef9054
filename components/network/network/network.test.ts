import { expect, test } from "vitest";
import type { Plan, PlannedResource } from "../../../tools/plan/index.ts";
import { toPolicyJson } from "../../base/core/index.ts";
import { base, names, planNetwork, zoneIds } from "./test/network.fixture.ts";

/** Number of resources of each kind. */
function counts(resources: readonly PlannedResource[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { type, custom } of resources) {
    const kind = type.split(":").at(-1) ?? type;
    if (custom && kind !== "Stack") found[kind] = (found[kind] ?? 0) + 1;
  }
  return found;
}

/** Gateways that the route table of each subnet of a tier leads to, by zone. */
function wayOut(plan: Plan, tier: string): Record<string, unknown> {
  const associations = plan.all("aws:ec2/routeTableAssociation:RouteTableAssociation");
  const routes = plan.all("aws:ec2/route:Route");
  return Object.fromEntries(
    zoneIds.map((zone) => {
      const subnet = plan.one("aws:ec2/subnet:Subnet", `main-${tier}-${zone}`);
      const own = associations.filter(({ inputs }) => inputs.subnetId === subnet.id);
      const table = own.length === 1 ? own[0]?.inputs.routeTableId : undefined;
      const out = routes.filter(({ inputs }) => inputs.routeTableId === table);
      return [zone, out.map(({ inputs }) => inputs.natGatewayId ?? inputs.gatewayId)];
    }),
  );
}

test("a network is exactly these kinds of resources, in every zone", async () => {
  const plan = await planNetwork();
  expect(counts(plan.resources)).toEqual({
    Vpc: 1,
    DefaultSecurityGroup: 1,
    Subnet: 12,
    SubnetCidrReservation: 3,
    InternetGateway: 1,
    Eip: 3,
    NatGateway: 3,
    RouteTable: 5,
    Route: 4,
    RouteTableAssociation: 12,
    NetworkAcl: 1,
    FlowLog: 1,
    VpcEndpoint: 3,
    SecurityGroup: 1,
    SecurityGroupIngressRule: 1,
    MetricAlarm: 6,
    VpcBlockPublicAccessExclusion: 3,
  });
});

test("subnets assign no public address and have the tags and reservations for load balancers and prefixes", async () => {
  const plan = await planNetwork();
  const subnet = (tier: string) => plan.one("aws:ec2/subnet:Subnet", `main-${tier}-use1-az2`).inputs;
  const vpcId = plan.one("aws:ec2/vpc:Vpc").id;
  const common = { vpcId, availabilityZoneId: "use1-az2", mapPublicIpOnLaunch: false };
  const shared = { "kubernetes.io/cluster/task-test": "shared" };
  const tier = (name: string) => ({ "task-platform/tier": name });
  expect(subnet("public")).toEqual({
    ...common,
    cidrBlock: "10.30.137.0/24",
    tags: { Name: "main-public-use1-az2", ...tier("public"), "kubernetes.io/role/elb": "1", ...shared },
  });
  expect(subnet("private")).toEqual({
    ...common,
    cidrBlock: "10.30.32.0/19",
    tags: {
      Name: "main-private-use1-az2",
      ...tier("private"),
      "kubernetes.io/role/internal-elb": "1",
      ...shared,
    },
  });
  expect(subnet("data")).toEqual({
    ...common,
    cidrBlock: "10.30.129.0/24",
    tags: { Name: "main-data-use1-az2", ...tier("data") },
  });
  expect(subnet("control-plane")).toEqual({
    ...common,
    cidrBlock: "10.30.140.16/28",
    tags: { Name: "main-control-plane-use1-az2", ...tier("control-plane") },
  });
  const reservation = plan.one(
    "aws:ec2/subnetCidrReservation:SubnetCidrReservation",
    "main-private-use1-az2-prefixes",
  );
  expect(reservation.inputs).toMatchObject({ cidrBlock: "10.30.48.0/20", reservationType: "prefix" });
});

test("names resolve inside the network, and its default security group allows nothing in either direction", async () => {
  const plan = await planNetwork();
  expect(plan.one("aws:ec2/vpc:Vpc").inputs).toEqual({
    cidrBlock: "10.30.0.0/16",
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: { Name: "main" },
  });
  expect(plan.one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs).toEqual({
    vpcId: plan.one("aws:ec2/vpc:Vpc").id,
    ingress: [],
    egress: [],
  });
});

test("with one gateway per zone, each zone uses its own gateway", async () => {
  const plan = await planNetwork();
  const gateway = (zone: string) => plan.one("aws:ec2/natGateway:NatGateway", `main-nat-${zone}`);
  expect(wayOut(plan, "private")).toEqual(
    Object.fromEntries(zoneIds.map((zone) => [zone, [gateway(zone).id]])),
  );
  for (const zone of zoneIds) {
    const address = plan.one("aws:ec2/eip:Eip", `main-nat-${zone}`);
    const tags = { Name: `main-nat-${zone}` };
    expect(address.inputs).toEqual({ domain: "vpc", tags });
    expect(gateway(zone).inputs).toEqual({
      subnetId: plan.one("aws:ec2/subnet:Subnet", `main-public-${zone}`).id,
      allocationId: address.outputs.allocationId,
      tags,
    });
  }
});

test("a single gateway is in the zone of the lowest slot, whatever the order of zones, and serves all zones", async () => {
  for (const zones of [base.settings.zones, base.settings.zones.toReversed()]) {
    const plan = await planNetwork({ settings: { nat: "single", zones } });
    const gateway = plan.one("aws:ec2/natGateway:NatGateway");
    expect(gateway.name).toBe("main-nat-use1-az1");
    expect(wayOut(plan, "private")).toEqual(Object.fromEntries(zoneIds.map((zone) => [zone, [gateway.id]])));
  }
});

test("a regional gateway needs neither subnet nor address", async () => {
  const plan = await planNetwork({ settings: { nat: "regional" } });
  const gateway = plan.one("aws:ec2/natGateway:NatGateway");
  expect(gateway.inputs).toEqual({
    vpcId: plan.one("aws:ec2/vpc:Vpc").id,
    availabilityMode: "regional",
    connectivityType: "public",
    tags: { Name: "main-regional" },
  });
  expect(names(plan, "aws:ec2/eip:Eip")).toEqual([]);
  expect(wayOut(plan, "private")).toEqual(Object.fromEntries(zoneIds.map((zone) => [zone, [gateway.id]])));
});

test("without gateways private subnets have no route out", async () => {
  const plan = await planNetwork({ settings: { nat: "none" } });
  expect(names(plan, "aws:ec2/natGateway:NatGateway")).toEqual([]);
  expect(wayOut(plan, "private")).toEqual(Object.fromEntries(zoneIds.map((zone) => [zone, []])));
});

test("only public subnets reach the internet gateway; data and control plane subnets have no route out", async () => {
  const plan = await planNetwork();
  const internet = plan.one("aws:ec2/internetGateway:InternetGateway").id;
  expect(wayOut(plan, "public")).toEqual(Object.fromEntries(zoneIds.map((zone) => [zone, [internet]])));
  for (const tier of ["data", "control-plane"]) {
    expect(wayOut(plan, tier)).toEqual(Object.fromEntries(zoneIds.map((zone) => [zone, []])));
  }
});

test("the ACL of the data tier allows addresses of the network only", async () => {
  const plan = await planNetwork();
  const rule = {
    ruleNo: 100,
    action: "allow",
    protocol: "-1",
    fromPort: 0,
    toPort: 0,
    cidrBlock: "10.30.0.0/16",
  };
  const subnetIds = zoneIds.map((zone) => plan.one("aws:ec2/subnet:Subnet", `main-data-${zone}`).id);
  expect(plan.one("aws:ec2/networkAcl:NetworkAcl").inputs).toEqual({
    vpcId: plan.one("aws:ec2/vpc:Vpc").id,
    subnetIds,
    ingress: [rule],
    egress: [rule],
    tags: { Name: "main-data" },
  });
});

test("all traffic is logged to the bucket", async () => {
  const plan = await planNetwork();
  expect(plan.one("aws:ec2/flowLog:FlowLog").inputs).toEqual({
    vpcId: plan.one("aws:ec2/vpc:Vpc").id,
    trafficType: "ALL",
    logDestinationType: "s3",
    logDestination: "arn:aws:s3:::flow-logs",
    maxAggregationInterval: 60,
    destinationOptions: { fileFormat: "parquet", hiveCompatiblePartitions: true, perHourPartition: true },
  });
});

const ownAccountOnly = {
  sid: "OwnAccountOnly",
  principals: "*",
  actions: ["*"],
  resources: ["*"],
  conditions: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
} as const;

test("endpoints serve only our own account, over HTTPS, in every zone", async () => {
  const plan = await planNetwork();
  const group = plan.one("aws:ec2/securityGroup:SecurityGroup", "main-endpoints");
  expect(plan.one("aws:ec2/vpcEndpoint:VpcEndpoint", "main-ecr-api").inputs).toEqual({
    vpcId: plan.one("aws:ec2/vpc:Vpc").id,
    vpcEndpointType: "Interface",
    serviceName: "com.amazonaws.us-east-1.ecr.api",
    subnetIds: zoneIds.map((zone) => plan.one("aws:ec2/subnet:Subnet", `main-private-${zone}`).id),
    securityGroupIds: [group.id],
    privateDnsEnabled: true,
    policy: toPolicyJson([ownAccountOnly]),
    tags: { Name: "main-ecr.api" },
  });
  expect(plan.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs).toEqual({
    securityGroupId: group.id,
    description: "HTTPS from inside the network",
    cidrIpv4: "10.30.0.0/16",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
  });
});

test("in eu-west-2 the endpoint of S3 admits the bucket that the Kubernetes project has there", async () => {
  const zones = ["euw2-az1", "euw2-az2", "euw2-az3"].map((id, slot) => ({ id, slot }));
  const plan = await planNetwork({ settings: { interfaceEndpoints: [], zones }, region: "eu-west-2" });
  expect(plan.one("aws:ec2/vpcEndpoint:VpcEndpoint").inputs.policy).toContain(
    "arn:aws:s3:::767373bbdcb8270361b96548387bf2a9ad0d48758c35-eu-west-2/*",
  );
});

test("without interface endpoints only the free gateway to S3 is made, in every route table", async () => {
  const plan = await planNetwork({ settings: { interfaceEndpoints: [] } });
  const { routeTableIds, ...inputs } = plan.one("aws:ec2/vpcEndpoint:VpcEndpoint").inputs;
  expect(inputs).toEqual({
    vpcId: plan.one("aws:ec2/vpc:Vpc").id,
    vpcEndpointType: "Gateway",
    serviceName: "com.amazonaws.us-east-1.s3",
    policy: toPolicyJson([
      ownAccountOnly,
      {
        sid: "ImageLayers",
        principals: "*",
        actions: ["s3:GetObject"],
        resources: [
          "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*",
          "arn:aws:s3:::prod-registry-k8s-io-us-east-1/*",
        ],
      },
    ]),
    tags: { Name: "main-s3" },
  });
  const tables = plan.all("aws:ec2/routeTable:RouteTable").map(({ id }) => id);
  expect([...(routeTableIds as string[])].toSorted()).toEqual(tables.toSorted());
  expect(names(plan, "aws:ec2/securityGroup:SecurityGroup")).toEqual([]);
});

test("network, subnets, addresses and exclusions are protected only with retain-all", async () => {
  const kept = async (removal: typeof base.removal) => {
    const { resources } = await planNetwork({ removal });
    expect(resources.filter(({ options }) => options.retainOnDelete)).toEqual([]);
    return counts(resources.filter(({ options }) => options.protect));
  };
  expect(await kept("retain-all")).toEqual({ Vpc: 1, Subnet: 12, Eip: 3, VpcBlockPublicAccessExclusion: 3 });
  expect(await kept("retain-data")).toEqual({});
  expect(await kept("remove")).toEqual({});
});
