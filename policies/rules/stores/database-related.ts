import {
  customKey,
  hardened,
  isTrue,
  oneOf,
  overStack,
  property,
  type Rule,
  subnetsIn,
  text,
  texts,
  unless,
  zonesOf,
} from "../../kit/index.ts";

const instance = "aws:rds/instance:Instance";
const clusters = "aws:rds/cluster:Cluster";
const members = "aws:rds/clusterInstance:ClusterInstance";

export const databaseRelatedRules: readonly Rule[] = [
  overStack({
    id: "database-subnets-span-zones",
    controls: ["RDS-22"],
    severity: "high",
    whatToDo: "name data subnets of more zones",
    check: (stack, { environment }) => {
      const least = environment === "prod" ? 3 : 2;
      return stack.of("aws:rds/subnetGroup:SubnetGroup").flatMap((resource) => {
        const zones = zonesOf(stack, resource, "subnetIds").length;
        return unless(zones >= least, {
          resource,
          message: `subnetIds: got ${zones} zones; allowed: ${least} or more`,
        });
      });
    },
    pass: [
      ...subnetsIn("a", "b", "c"),
      { type: "aws:rds/subnetGroup:SubnetGroup", inputs: { subnetIds: ["a", "b", "c"] } },
    ],
    fail: [...subnetsIn("a"), { type: "aws:rds/subnetGroup:SubnetGroup", inputs: { subnetIds: ["a"] } }],
    missing: [{ type: "aws:rds/subnetGroup:SubnetGroup" }],
  }),
  overStack({
    id: "database-tells-events",
    controls: ["RDS-31"],
    severity: "low",
    environments: hardened,
    whatToDo: "subscribe to db-instance, db-parameter-group and db-security-group",
    check: (stack) => {
      if (stack.of(instance, clusters).length === 0) return [];
      const subscribed = stack
        .of("aws:rds/eventSubscription:EventSubscription")
        .map(({ inputs }) => text(inputs.sourceType));
      return ["db-instance", "db-parameter-group", "db-security-group"]
        .filter((source) => !subscribed.includes(source))
        .map((source) => ({ message: `event subscription for ${source}: got none; allowed: one` }));
    },
    pass: [
      { type: instance },
      ...["db-instance", "db-parameter-group", "db-security-group"].map((sourceType) => ({
        type: "aws:rds/eventSubscription:EventSubscription",
        inputs: { sourceType },
      })),
    ],
    fail: [
      { type: instance },
      { type: "aws:rds/eventSubscription:EventSubscription", inputs: { sourceType: "db-instance" } },
    ],
    missing: [{ type: instance }],
  }),
  property({
    id: "database-proxy-encrypted",
    controls: ["RDS-33"],
    severity: "medium",
    types: ["aws:rds/proxy:Proxy"],
    path: "requireTls",
    is: isTrue,
    whatToDo: "require TLS",
  }),
  property({
    id: "database-proxy-signs-in-by-iam",
    controls: ["RDS-33"],
    severity: "medium",
    types: ["aws:rds/proxy:Proxy"],
    path: "auths[].iamAuth",
    is: oneOf("REQUIRED"),
    whatToDo: "require IAM",
  }),
  property({
    id: "database-snapshot-not-shared",
    controls: ["RDS-34"],
    severity: "critical",
    types: ["aws:rds/snapshot:Snapshot", "aws:rds/snapshotCopy:SnapshotCopy"],
    path: "sharedAccounts",
    is: {
      allowed: "named accounts",
      holds: (value) => !texts(value).includes("all"),
      right: ["111122223333"],
      wrong: ["all"],
    },
    missingIs: "right",
    whatToDo: "name the accounts that need it",
  }),
  property({
    id: "database-snapshot-copy-encrypted",
    controls: ["RDS-34"],
    severity: "critical",
    types: ["aws:rds/snapshotCopy:SnapshotCopy"],
    path: "kmsKeyId",
    is: customKey,
    whatToDo: "name a key in the region of the copy",
  }),
  overStack({
    id: "database-members-in-two-zones",
    controls: ["RDS-36"],
    severity: "high",
    environments: ["prod"],
    whatToDo: "add a member in another zone",
    check: (stack) =>
      stack.of(clusters).flatMap((resource) => {
        const own = stack.of(members).filter((member) => stack.linked(member, "clusterIdentifier", resource));
        return unless(own.length >= 2, {
          resource,
          message: `members: got ${own.length}; allowed: 2 or more`,
        });
      }),
    pass: [
      { type: clusters, id: "c" },
      ...[1, 2].map(() => ({ type: members, inputs: { clusterIdentifier: "c" } })),
    ],
    fail: [
      { type: clusters, id: "c" },
      { type: members, inputs: { clusterIdentifier: "c" } },
    ],
    missing: [{ type: clusters, id: "c" }],
  }),
];
