import { absent, between, customKey, isFalse, isTrue, oneOf, present } from "../requirements.ts";
import { custom, hardened, overStack, property } from "../rule.ts";
import type { Rule } from "../types.ts";
import { list, record, show, text } from "../values.ts";
import { zonesOf } from "./network.ts";

const group = "aws:elasticache/replicationGroup:ReplicationGroup";

export const cacheRules: readonly Rule[] = [
  property({
    id: "cache-encrypted",
    controls: ["EC-01"],
    severity: "high",
    types: [group],
    path: "atRestEncryptionEnabled",
    is: isTrue,
    whatToDo: "set it: it cannot be changed later",
  }),
  property({
    id: "cache-own-key",
    controls: ["EC-02"],
    severity: "low",
    environments: hardened,
    types: [group],
    path: "kmsKeyId",
    is: customKey,
    whatToDo: "give it the key of the data domain",
  }),
  property({
    id: "cache-encrypted-in-transit",
    controls: ["EC-04"],
    severity: "high",
    types: [group],
    path: "transitEncryptionEnabled",
    is: isTrue,
    whatToDo: "require TLS: without it nobody can sign in either",
  }),
  property({
    id: "cache-users-named",
    controls: ["EC-04"],
    severity: "high",
    types: [group],
    path: "userGroupIds",
    is: present(["users"]),
    whatToDo: "attach a user group: one shared token cannot be taken from one service",
  }),
  property({
    id: "cache-fails-over",
    controls: ["EC-05"],
    severity: "medium",
    environments: ["staging", "prod"],
    types: [group],
    path: "automaticFailoverEnabled",
    is: isTrue,
    whatToDo: "turn it on and add a replica",
  }),
  property({
    id: "cache-survives-zone",
    controls: ["EC-06"],
    severity: "medium",
    environments: ["staging", "prod"],
    types: [group],
    path: "multiAzEnabled",
    is: isTrue,
    whatToDo: "turn it on",
  }),
  property({
    id: "cache-snapshots-kept",
    controls: ["EC-07"],
    severity: "high",
    types: [group],
    path: "snapshotRetentionLimit",
    is: { dev: between(1, 35), staging: between(3, 35), prod: between(7, 35), dr: between(1, 35) },
    whatToDo: "keep snapshots longer",
  }),
  property({
    id: "cache-patched",
    controls: ["EC-08"],
    severity: "high",
    types: [group],
    path: "autoMinorVersionUpgrade",
    is: isTrue,
    whatToDo: "turn it on",
  }),
  property({
    id: "cache-subnets-named",
    controls: ["EC-09"],
    severity: "high",
    types: [group],
    path: "subnetGroupName",
    is: {
      allowed: "a group of this stack",
      holds: (value) => text(value) !== "" && text(value) !== "default",
      right: "data",
      wrong: "default",
    },
    whatToDo: "name the group of data subnets",
  }),
  overStack({
    id: "cache-subnets-span-zones",
    controls: ["EC-09"],
    severity: "high",
    whatToDo: "name data subnets of more zones",
    check: (stack) =>
      stack.of("aws:elasticache/subnetGroup:SubnetGroup").flatMap((resource) => {
        const zones = zonesOf(stack, resource, "subnetIds").length;
        return zones >= 2 ? [] : [{ resource, message: `subnetIds: got ${zones} zones; allowed: 2 or more` }];
      }),
    pass: [
      ...dataSubnets("a", "b"),
      { type: "aws:elasticache/subnetGroup:SubnetGroup", inputs: { subnetIds: ["a", "b"] } },
    ],
    fail: [
      ...dataSubnets("a"),
      { type: "aws:elasticache/subnetGroup:SubnetGroup", inputs: { subnetIds: ["a"] } },
    ],
    missing: [{ type: "aws:elasticache/subnetGroup:SubnetGroup" }],
  }),
  custom({
    id: "cache-replicated",
    controls: ["EC-10"],
    severity: "medium",
    environments: ["staging", "prod"],
    types: [group],
    whatToDo: "add replicas",
    check: ({ numCacheClusters, replicasPerNodeGroup }, { environment }) => {
      const least = environment === "prod" ? 3 : 2;
      const nodes =
        numCacheClusters === undefined ? Number(replicasPerNodeGroup) + 1 : Number(numCacheClusters);
      return nodes >= least
        ? []
        : [`numCacheClusters: got ${show(numCacheClusters)}; allowed: ${least} or more`];
    },
    pass: { numCacheClusters: 3 },
    fail: { numCacheClusters: 1 },
  }),
  property({
    id: "cache-group-named",
    controls: ["EC-11"],
    severity: "medium",
    types: [group],
    path: "securityGroupIds",
    is: present(["sg-1"]),
    whatToDo: "name the group of the cache",
  }),
  property({
    id: "cache-group-not-by-name",
    controls: ["EC-11"],
    severity: "medium",
    types: [group],
    path: "securityGroupNames",
    is: absent(["default"]),
    missingIs: "right",
    whatToDo: "use securityGroupIds: names belong to networks of before 2013",
  }),
  custom({
    id: "cache-logs-delivered",
    controls: ["EC-12"],
    severity: "medium",
    environments: hardened,
    types: [group],
    whatToDo: "deliver both logs as JSON to a log group",
    check: ({ logDeliveryConfigurations }) => {
      const delivered = list(logDeliveryConfigurations)
        .map(record)
        .filter(({ logFormat, destination }) => logFormat === "json" && text(destination) !== "")
        .map(({ logType }) => logType);
      return ["slow-log", "engine-log"]
        .filter((type) => !delivered.includes(type))
        .map((type) => `logDeliveryConfigurations: got no ${type}; allowed: JSON to a log group`);
    },
    pass: {
      logDeliveryConfigurations: ["slow-log", "engine-log"].map((logType) => ({
        logType,
        logFormat: "json",
        destination: "logs",
        destinationType: "cloudwatch-logs",
      })),
    },
    fail: { logDeliveryConfigurations: [{ logType: "slow-log", logFormat: "text", destination: "logs" }] },
  }),
  property({
    id: "cache-engine-named",
    controls: ["EC-13"],
    severity: "medium",
    types: [group],
    path: "engine",
    is: oneOf("valkey", "redis"),
    whatToDo: 'take "valkey": a fifth cheaper, and developed in the open',
  }),
  property({
    id: "cache-version-current",
    controls: ["EC-13"],
    severity: "medium",
    types: [group],
    path: "engineVersion",
    is: {
      allowed: "7 or newer",
      holds: (value) => Number.parseInt(text(value), 10) >= 7,
      right: "8.0",
      wrong: "6.2",
    },
    whatToDo: "name the version",
  }),
  property({
    id: "cache-maintained-at-night",
    controls: ["EC-15"],
    severity: "low",
    environments: hardened,
    types: [group],
    path: "maintenanceWindow",
    is: present("sun:05:30-sun:06:30"),
    whatToDo: "choose a window outside of business hours",
  }),
  property({
    id: "cache-snapshot-at-night",
    controls: ["EC-15"],
    severity: "low",
    environments: hardened,
    types: [group],
    path: "snapshotWindow",
    is: present("01:00-02:00"),
    whatToDo: "choose a window apart from maintenance",
  }),
  property({
    id: "cache-keeps-last-snapshot",
    controls: ["EC-16"],
    severity: "low",
    environments: ["prod"],
    types: [group],
    path: "finalSnapshotIdentifier",
    is: present("final"),
    whatToDo: "name the last snapshot",
  }),
  property({
    id: "cache-changes-wait",
    controls: ["EC-19"],
    severity: "low",
    environments: ["prod"],
    types: [group],
    path: "applyImmediately",
    is: isFalse,
    whatToDo: "let a change that fails over wait for its window",
  }),
  property({
    id: "cache-class-steady",
    controls: ["EC-20"],
    severity: "low",
    environments: ["prod"],
    types: [group],
    path: "nodeType",
    is: {
      allowed: "a type other than cache.t*",
      holds: (value) => /^cache\.(?!t\d)/.test(text(value)),
      right: "cache.r7g.large",
      wrong: "cache.t4g.small",
    },
    whatToDo: "take a type whose CPU does not run out",
  }),
  property({
    id: "cache-tells-events",
    controls: ["EC-21"],
    severity: "low",
    environments: hardened,
    types: [group],
    path: "notificationTopicArn",
    is: present("arn:aws:sns:us-east-1:111122223333:operations"),
    whatToDo: "name the topic of operations",
  }),
  property({
    id: "cache-port-chosen",
    controls: ["EC-17"],
    severity: "low",
    environments: ["prod", "dr"],
    types: [group],
    path: "port",
    is: {
      allowed: "a port other than 6379",
      holds: (value) => Number(value) > 0 && Number(value) !== 6379,
      right: 6380,
      wrong: 6379,
    },
    whatToDo: "choose another port, or keep the waiver",
  }),
];

function dataSubnets(...zones: readonly string[]) {
  return zones.map((zone) => ({
    type: "aws:ec2/subnet:Subnet",
    name: zone,
    inputs: { availabilityZoneId: zone },
  }));
}
