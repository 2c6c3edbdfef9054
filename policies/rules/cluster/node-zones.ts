import {
  type Example,
  list,
  overStack,
  type Plain,
  podTemplate,
  type Resource,
  type Rule,
  read,
  record,
  type Stack,
  selects,
  subnetsIn,
  text,
  unless,
  workloadTypes,
  zonesOf,
} from "../../kit/index.ts";

const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
const zoneKey = "topology.kubernetes.io/zone";

/** Node groups that pods cannot tell apart: those with the same labels. A group without labels is a pool of its own. */
function poolsOf(stack: Stack): readonly (readonly [Resource, ...Resource[]])[] {
  const pools = new Map<string, [Resource, ...Resource[]]>();
  for (const group of stack.of(nodeGroup)) {
    const labels = Object.entries(record(group.inputs.labels)).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const key = labels.length === 0 ? group.urn : JSON.stringify(labels);
    const pool = pools.get(key);
    if (pool) pool.push(group);
    else pools.set(key, [group]);
  }
  return [...pools.values()];
}

function sumOf(pool: readonly Resource[], size: "minSize" | "maxSize"): number {
  return pool.reduce((sum, { inputs }) => sum + Number(record(inputs.scalingConfig)[size]), 0);
}

/** Node groups that a pod may run on. */
function groupsFor(stack: Stack, pod: Plain): readonly Resource[] {
  return stack.of(nodeGroup).filter(({ inputs }) => selects(record(pod.nodeSelector), record(inputs.labels)));
}

const pool = { "task-platform/pool": "application" };

/** Node groups of one pool, each in the given zones, for examples. */
function groupsIn(...groups: readonly (readonly string[])[]): Example {
  const zones = [...new Set(groups.flat())];
  return [
    ...subnetsIn(...zones),
    ...groups.map((subnetIds, index) => ({
      type: nodeGroup,
      name: `group-${index}`,
      inputs: { subnetIds, labels: pool, scalingConfig: { minSize: 1, maxSize: 7 } },
    })),
  ];
}
const strict = {
  type: "kubernetes:apps/v1:Deployment",
  inputs: {
    spec: {
      template: {
        spec: {
          nodeSelector: pool,
          topologySpreadConstraints: [{ topologyKey: zoneKey, whenUnsatisfiable: "DoNotSchedule" }],
        },
      },
    },
  },
};

/** How many nodes a pool has, and in which zones. A pool may be one group over all zones or one in each. */
export const nodeZoneRules: readonly Rule[] = [
  overStack({
    id: "nodes-scale-within-bounds",
    controls: ["NG-11"],
    severity: "medium",
    whatToDo: "leave room to grow, and three nodes of a pool in prod so that a zone may fail",
    check: (stack, { environment }) => {
      const least = environment === "prod" ? 3 : 1;
      return poolsOf(stack).flatMap((groups) => {
        const [minSize, maxSize] = [sumOf(groups, "minSize"), sumOf(groups, "maxSize")];
        const [resource] = groups;
        return [
          ...unless(minSize >= least, {
            resource,
            message: `scalingConfig.minSize: got ${minSize} for the pool; allowed: ${least} or more`,
          }),
          ...unless(maxSize > minSize, {
            resource,
            message: `scalingConfig.maxSize: got ${maxSize} for the pool; allowed: above minSize`,
          }),
        ];
      });
    },
    pass: groupsIn(["a"], ["b"], ["c"]),
    fail: [{ type: nodeGroup, inputs: { scalingConfig: { minSize: 3, maxSize: 3, desiredSize: 3 } } }],
    missing: [{ type: nodeGroup }],
  }),
  overStack({
    id: "nodes-span-zones",
    controls: ["NG-19"],
    severity: "medium",
    environments: ["prod"],
    whatToDo: "name subnets of three zones, in one group of the pool or in one for each zone",
    check: (stack) =>
      poolsOf(stack).flatMap((groups) => {
        const zones = new Set(groups.flatMap((group) => zonesOf(stack, group, "subnetIds"))).size;
        return unless(zones >= 3, {
          resource: groups[0],
          message: `subnetIds: got ${zones} zones for the pool; allowed: 3 or more`,
        });
      }),
    pass: groupsIn(["a"], ["b"], ["c"]),
    fail: groupsIn(["a", "b"]),
    missing: [{ type: nodeGroup }],
  }),
  overStack({
    id: "nodes-start-in-wanted-zone",
    controls: ["NG-19", "REL-16"],
    severity: "high",
    missingIs: "right",
    whatToDo:
      "make one node group in each zone: for a group over several zones the autoscaler assumes one of them, and a pod that needs another waits for ever",
    check: (stack) =>
      stack.of(...workloadTypes).flatMap((workload) => {
        const { spec } = podTemplate(workload.inputs);
        const needsZone = list(spec.topologySpreadConstraints).some(
          (one) => read(one, "topologyKey") === zoneKey && read(one, "whenUnsatisfiable") === "DoNotSchedule",
        );
        if (!needsZone) return [];
        return groupsFor(stack, spec)
          .filter((group) => zonesOf(stack, group, "subnetIds").length > 1)
          .map((resource) => ({
            resource,
            message: `subnetIds: got several zones under ${text(read(workload.inputs, "metadata.name")) || workload.name}, which requires a spread; allowed: one`,
          }));
      }),
    pass: [...groupsIn(["a"], ["b"], ["c"]), strict],
    fail: [...groupsIn(["a", "b", "c"]), strict],
    missing: groupsIn(["a", "b", "c"]),
  }),
];
