import {
  absent,
  custom,
  hardened,
  isTrue,
  list,
  manyOf,
  mismatch,
  overStack,
  present,
  property,
  publicSubnetExample,
  publicSubnets,
  type Rule,
  record,
  show,
  text,
  texts,
  unless,
} from "../../kit/index.ts";

const nodeGroup = "aws:eks/nodeGroup:NodeGroup";

/** Families that encrypt traffic between instances. */
const nitro = /^(m[6-9]|c[6-9]|r[6-9]|t3|t3a|t4g)[a-z-]*\./;

export const nodeRules: readonly Rule[] = [
  overStack({
    id: "nodes-in-private-subnets",
    controls: ["NG-01"],
    severity: "critical",
    whatToDo: "name private subnets",
    check: (stack) =>
      stack.of(nodeGroup).flatMap((resource) => {
        if (list(resource.inputs.subnetIds).length === 0)
          return [{ resource, message: "subnetIds: got nothing; allowed: private subnets" }];
        return publicSubnets(stack)
          .filter((subnet) => stack.linked(resource, "subnetIds", subnet))
          .map(({ name }) => ({
            resource,
            message: `subnetIds: got public subnet ${name}; allowed: private`,
          }));
      }),
    pass: [
      { type: "aws:ec2/subnet:Subnet", id: "nodes" },
      { type: nodeGroup, inputs: { subnetIds: ["nodes"] } },
    ],
    fail: [...publicSubnetExample("nodes"), { type: nodeGroup, inputs: { subnetIds: ["nodes"] } }],
    missing: [{ type: nodeGroup }],
  }),
  property({
    id: "nodes-without-remote-access",
    controls: ["NG-02"],
    severity: "high",
    types: [nodeGroup],
    path: "remoteAccess",
    is: absent({ ec2SshKey: "key" }),
    missingIs: "right",
    whatToDo: "remove it: without a source security group it opens port 22 to the world",
  }),
  property({
    id: "nodes-image-current",
    controls: ["NG-09"],
    severity: "medium",
    types: [nodeGroup],
    path: "amiType",
    is: {
      allowed: "AL2023_* or BOTTLEROCKET_*",
      holds: (value) => /^(AL2023|BOTTLEROCKET)_/.test(text(value)),
      right: "AL2023_ARM_64_STANDARD",
      wrong: "AL2_x86_64",
    },
    whatToDo: "use AL2023: AL2 has had no patches since June 2026",
  }),
  overStack({
    id: "nodes-size-left-to-autoscaler",
    controls: ["NG-11", "GEN-12"],
    severity: "medium",
    whatToDo:
      'add ignoreChanges: ["scalingConfig.desiredSize"]: otherwise each deploy undoes the work of the autoscaler',
    check: (stack) =>
      stack
        .of(nodeGroup)
        .filter(({ options }) => !options.ignoreChanges.includes("scalingConfig.desiredSize"))
        .map((resource) => ({
          resource,
          message: `ignoreChanges: got ${show(resource.options.ignoreChanges)}`,
        })),
    pass: [{ type: nodeGroup, ignoreChanges: ["scalingConfig.desiredSize"] }],
    fail: [{ type: nodeGroup, ignoreChanges: ["labels"] }],
    missing: [{ type: nodeGroup }],
  }),
  custom({
    id: "nodes-update-in-steps",
    controls: ["NG-12"],
    severity: "medium",
    types: [nodeGroup],
    whatToDo: "replace at most a third of the nodes at once",
    check: ({ updateConfig }) => {
      const { maxUnavailable, maxUnavailablePercentage } = record(updateConfig);
      const slow =
        Number(maxUnavailable) === 1 ||
        (Number(maxUnavailablePercentage) > 0 && Number(maxUnavailablePercentage) <= 33);
      return unless(
        slow,
        mismatch("updateConfig", updateConfig, "maxUnavailable 1 or maxUnavailablePercentage 1 to 33"),
      );
    },
    pass: { updateConfig: { maxUnavailable: 1 } },
    fail: { updateConfig: { maxUnavailablePercentage: 100 } },
  }),
  property({
    id: "nodes-repaired",
    controls: ["NG-13"],
    severity: "low",
    environments: hardened,
    types: [nodeGroup],
    path: "nodeRepairConfig.enabled",
    is: isTrue,
    whatToDo: "turn it on: EKS then replaces a node that hangs without an operator",
  }),
  property({
    id: "nodes-spot-varied",
    controls: ["NG-14"],
    severity: "medium",
    types: [nodeGroup],
    path: "instanceTypes",
    when: ({ capacityType }) => capacityType === "SPOT",
    rest: { capacityType: "SPOT" },
    is: manyOf(4, ["m7g.large", "m6g.large", "m7gd.large", "m8g.large"]),
    whatToDo: "name four types or more: spot capacity of a single type can end at once",
  }),
  custom({
    id: "nodes-of-api-on-demand",
    controls: ["NG-14"],
    severity: "medium",
    environments: ["prod"],
    types: [nodeGroup],
    missingIs: "right",
    whatToDo:
      "use ON_DEMAND: spot nodes stop with two minutes of notice, and only workers can resume their work",
    check: ({ capacityType, labels }) =>
      capacityType === "SPOT" && !Object.values(record(labels)).includes("worker")
        ? ['capacityType: got "SPOT"; allowed: "ON_DEMAND" outside of worker nodes']
        : [],
    pass: { capacityType: "SPOT", labels: { "task-platform/pool": "worker" } },
    fail: { capacityType: "SPOT", labels: { "task-platform/pool": "application" } },
  }),
  property({
    id: "nodes-version-pinned",
    controls: ["NG-18"],
    severity: "medium",
    environments: ["prod"],
    types: [nodeGroup],
    path: "releaseVersion",
    is: present("1.36.4-20260930"),
    whatToDo: "pin the release, so that staging and prod run the same image",
  }),
  overStack({
    id: "nodes-version-of-cluster",
    controls: ["NG-18"],
    severity: "medium",
    environments: ["prod"],
    whatToDo: "give node groups the version of their cluster",
    check: (stack) => {
      const versions = new Set(stack.of("aws:eks/cluster:Cluster").map(({ inputs }) => text(inputs.version)));
      return stack
        .of(nodeGroup)
        .filter(({ inputs }) => !versions.has(text(inputs.version)))
        .map((resource) => ({
          resource,
          message: mismatch("version", resource.inputs.version, [...versions].join(", ")),
        }));
    },
    pass: [
      { type: "aws:eks/cluster:Cluster", inputs: { version: "1.36" } },
      { type: nodeGroup, inputs: { version: "1.36" } },
    ],
    fail: [
      { type: "aws:eks/cluster:Cluster", inputs: { version: "1.36" } },
      { type: nodeGroup, inputs: { version: "1.35" } },
    ],
    missing: [{ type: "aws:eks/cluster:Cluster", inputs: { version: "1.36" } }, { type: nodeGroup }],
  }),
  custom({
    id: "nodes-of-current-families",
    controls: ["NG-20"],
    severity: "low",
    types: [nodeGroup],
    whatToDo: "use m, c or r of generation 6 or newer: they encrypt traffic between instances",
    check: ({ instanceTypes }, { environment }) => {
      const names = texts(instanceTypes);
      if (names.length === 0) return ["instanceTypes: got nothing; allowed: one type or more"];
      return names
        .filter((name) => !nitro.test(name) || (name.startsWith("t") && environment !== "dev"))
        .map(
          (name) =>
            `instanceTypes: got "${name}"; allowed: m6, c6, r6 or newer${environment === "dev" ? ", t3, t4g" : ""}`,
        );
    },
    pass: { instanceTypes: ["m7g.large"] },
    fail: { instanceTypes: ["m5.large"] },
  }),
  property({
    id: "nodes-labelled",
    controls: ["NG-21"],
    severity: "low",
    environments: ["prod"],
    types: [nodeGroup],
    path: "labels",
    is: present({ "task-platform/pool": "worker" }),
    whatToDo: "label the node pool, so that workloads can choose it",
  }),
  overStack({
    id: "nodes-of-system-tainted",
    controls: ["NG-21"],
    severity: "low",
    environments: ["prod"],
    whatToDo: "taint one node pool for the controllers: a workload that uses up its nodes must not stop DNS",
    check: (stack) => {
      const groups = stack.of(nodeGroup);
      const tainted = groups.some(({ inputs }) => list(inputs.taints).length > 0);
      return unless(groups.length === 0 || tainted, {
        message: "node groups: got none with taints; allowed: one or more",
      });
    },
    pass: [{ type: nodeGroup, inputs: { taints: [{ key: "CriticalAddonsOnly", effect: "NO_SCHEDULE" }] } }],
    fail: [{ type: nodeGroup, inputs: { taints: [] } }],
    missing: [{ type: nodeGroup }],
  }),
];
