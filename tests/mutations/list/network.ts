import type { Mutation } from "../mutation.ts";

/** The block "network". */
export const networkMutations: readonly Mutation[] = [
  {
    what: "host names do not resolve inside the network",
    file: "components/network/network/network.ts",
    find: "enableDnsSupport: true",
    replace: "enableDnsSupport: false",
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "names resolve inside the network, and its default security group allows nothing in either direction",
    },
  },
  {
    what: "the default security group allows all ingress",
    file: "components/network/network/network.ts",
    find: "vpcId: vpc.id, ingress: [], egress: []",
    replace:
      'vpcId: vpc.id, ingress: [{ fromPort: 0, toPort: 0, protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }], egress: []',
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "names resolve inside the network, and its default security group allows nothing in either direction",
    },
  },
  {
    what: "subnets assign public addresses",
    file: "components/network/network/subnets.ts",
    find: "mapPublicIpOnLaunch: false",
    replace: "mapPublicIpOnLaunch: true",
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "subnets assign no public address and have the tags and reservations for load balancers and prefixes",
    },
  },
  {
    what: "the network ACL of the stores allows every address",
    file: "components/network/network/network.ts",
    in: "createDataAcl",
    find: "    cidrBlock: args.settings.cidr,",
    replace: '    cidrBlock: "0.0.0.0/0",',
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "the ACL of the data tier allows addresses of the network only",
    },
  },
  {
    what: "flow logs record accepted traffic only",
    file: "components/network/network/network.ts",
    find: 'trafficType: "ALL"',
    replace: 'trafficType: "ACCEPT"',
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "all traffic is logged to the bucket",
    },
  },
  {
    what: "no flow log is made",
    file: "components/network/network/network.ts",
    find: "    createFlowLog(name, args, vpc, this);",
    replace: "",
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "all traffic is logged to the bucket",
    },
  },
  {
    what: "the stores get a route to the internet",
    file: "components/network/network/routing.ts",
    find: 'associate("data", subnets.data, () => dataTable);',
    replace: 'associate("data", subnets.data, () => publicTable);',
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "only public subnets reach the internet gateway; data and control plane subnets have no route out",
    },
  },
  {
    what: "the control plane gets a route to the internet",
    file: "components/network/network/routing.ts",
    find: 'associate("control-plane", subnets.controlPlane, () => dataTable);',
    replace: 'associate("control-plane", subnets.controlPlane, () => publicTable);',
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "only public subnets reach the internet gateway; data and control plane subnets have no route out",
    },
  },
  {
    what: "all zones use one gateway",
    file: "components/network/network/nat.ts",
    find: 'nat === "single" ? lowestSlot(zones) : zones.map((z) => z.id),',
    replace: "lowestSlot(zones),",
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "with one gateway per zone, each zone uses its own gateway",
    },
  },
  {
    what: "endpoints serve every account",
    file: "components/network/network/endpoints.ts",
    find: 'conditions: { StringEquals: { "aws:PrincipalAccount": accountId } },',
    replace: "",
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "endpoints serve only our own account, over HTTPS, in every zone",
    },
  },
  {
    what: "the security group of the endpoints is open to the internet",
    file: "components/network/network/endpoints.ts",
    find: "      cidrIpv4: args.settings.cidr,",
    replace: '      cidrIpv4: "0.0.0.0/0",',
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "endpoints serve only our own account, over HTTPS, in every zone",
    },
  },
  {
    what: "names of AWS services do not resolve to the endpoints",
    file: "components/network/network/endpoints.ts",
    find: "privateDnsEnabled: true",
    replace: "privateDnsEnabled: false",
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "endpoints serve only our own account, over HTTPS, in every zone",
    },
  },
  {
    what: "a NAT gateway without ports raises no alarm",
    file: "components/network/network/nat.ts",
    find: "    createAlarms(name, [portAlarm(key, gateway.id)], topic, parent);",
    replace: "",
    caughtBy: {
      file: "components/network/network/nat.test.ts",
      test: "every gateway, zonal or regional, has an alarm for exhausted ports and one for dropped packets",
    },
  },
  {
    what: "a NAT gateway that drops packets raises no alarm",
    file: "components/network/network/nat.ts",
    find: "    createShareAlarms(name, [dropAlarm(key, gateway.id)], topic, parent);",
    replace: "",
    caughtBy: {
      file: "components/network/network/nat.test.ts",
      test: "every gateway, zonal or regional, has an alarm for exhausted ports and one for dropped packets",
    },
  },
  {
    what: "the alarm on refused connections ignores a thousand of them",
    file: "components/network/network/alarms.ts",
    find: "    threshold: 0,",
    replace: "    threshold: 1000,",
    caughtBy: {
      file: "components/network/network/nat.test.ts",
      test: "every gateway, zonal or regional, has an alarm for exhausted ports and one for dropped packets",
    },
  },
  {
    what: "the block of public access does not wait for its exclusions",
    file: "components/network/network/public-access.ts",
    find: "{ parent, dependsOn: exclusions },",
    replace: "{ parent },",
    caughtBy: {
      file: "components/network/network/public-access.test.ts",
      test: "only the owner makes the block of the region, for incoming connections, after every exclusion",
    },
  },
  {
    what: "the block of public access also blocks outgoing connections",
    file: "components/network/network/public-access.ts",
    find: '{ internetGatewayBlockMode: "block-ingress" },',
    replace: '{ internetGatewayBlockMode: "block-bidirectional" },',
    caughtBy: {
      file: "components/network/network/public-access.test.ts",
      test: "only the owner makes the block of the region, for incoming connections, after every exclusion",
    },
  },
  {
    what: "every environment owns the block of its region",
    file: "components/network/network/public-access.ts",
    find: "if (!blocksPublicAccess(args.settings)) return;",
    replace: "",
    caughtBy: {
      file: "components/network/network/public-access.test.ts",
      test: "only the owner makes the block of the region, for incoming connections, after every exclusion",
    },
  },
  {
    what: "exclusions allow no ingress",
    file: "components/network/network/public-access.ts",
    find: '          internetGatewayExclusionMode: "allow-bidirectional",',
    replace: '          internetGatewayExclusionMode: "allow-egress",',
    caughtBy: {
      file: "components/network/network/public-access.test.ts",
      test: "every public subnet and no other is excluded from a block of public access, whichever environment owns the block",
    },
  },
  {
    what: "data subnets are excluded from the block of public access",
    file: "components/network/network/network.ts",
    find: "createPublicAccess(name, args, subnets.public, this);",
    replace: "createPublicAccess(name, args, subnets.data, this);",
    caughtBy: {
      file: "components/network/network/public-access.test.ts",
      test: "every public subnet and no other is excluded from a block of public access, whichever environment owns the block",
    },
  },
  {
    what: "addresses in allow-lists of partners are not protected",
    file: "components/network/network/nat.ts",
    find: "      { parent, ...foundationOptions(args.removal) },",
    replace: "      { parent },",
    caughtBy: {
      file: "components/network/network/network.test.ts",
      test: "network, subnets, addresses and exclusions are protected only with retain-all",
    },
  },
  {
    what: "the order of addresses for allow-lists depends on the order of zones",
    file: "components/network/network/nat.ts",
    find: "    .toSorted(([a], [b]) => (a < b ? -1 : 1))",
    replace: "",
    caughtBy: {
      file: "components/network/network/nat.test.ts",
      test: "addresses are returned in the order of zone ids, whatever the order of the settings, and none for a regional gateway",
    },
  },
];
