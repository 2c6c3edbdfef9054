import type { Plan, PlannedResource } from "../plan/index.ts";

type Inputs = Readonly<Record<string, unknown>>;

/** How the table of sizes shows a type of resource. */
interface Size {
  readonly type: string;
  /** @default every resource of the type */
  readonly when?: (inputs: Inputs) => boolean;
  readonly label: (resource: PlannedResource) => string;
  readonly text: (inputs: Inputs) => string;
}

const named =
  (what: string) =>
  ({ name }: PlannedResource): string =>
    `${what} \`${name}\``;

const list: readonly Size[] = [
  {
    type: "aws:eks/cluster:Cluster",
    label: () => "Kubernetes",
    text: ({ version, vpcConfig }) =>
      `${String(version)}, ${at(vpcConfig, "endpointPublicAccess") === true ? "public API for listed ranges" : "private API"}`,
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    label: named("nodes"),
    text: (inputs) =>
      `${range(at(inputs, "scalingConfig", "minSize"), at(inputs, "scalingConfig", "maxSize"))} × ${join(inputs.instanceTypes)}${inputs.capacityType === "SPOT" ? ", spot" : ""}`,
  },
  {
    type: "aws:rds/instance:Instance",
    label: named("PostgreSQL"),
    text: (inputs) =>
      `${String(inputs.instanceClass)}, ${inputs.multiAz === true ? "two zones" : "one zone"}, ${range(inputs.allocatedStorage, inputs.maxAllocatedStorage)} GiB`,
  },
  {
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    label: named("Valkey"),
    text: (inputs) => `${String(inputs.numCacheClusters)} × ${String(inputs.nodeType)}`,
  },
  {
    type: "aws:msk/cluster:Cluster",
    label: named("Kafka"),
    text: (inputs) =>
      `${String(inputs.numberOfBrokerNodes)} × ${String(at(inputs, "brokerNodeGroupInfo", "instanceType"))}, ${String(at(inputs, "brokerNodeGroupInfo", "storageInfo", "ebsStorageInfo", "volumeSize"))} GiB each`,
  },
  {
    type: "aws:msk/topic:Topic",
    label: ({ inputs }) => `topic \`${String(inputs.name)}\``,
    text: (inputs) => `${String(inputs.partitionCount)} partitions × ${String(inputs.replicationFactor)}`,
  },
  {
    type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    label: named("pods"),
    text: (inputs) => range(at(inputs, "spec", "minReplicas"), at(inputs, "spec", "maxReplicas")),
  },
  {
    // A stopped workload has no autoscaler.
    type: "kubernetes:apps/v1:Deployment",
    when: (inputs) => at(inputs, "spec", "replicas") === 0,
    label: named("pods"),
    text: () => "0, stopped",
  },
];

/** Types whose number of resources is shown. */
const counted: Readonly<Record<string, string>> = {
  "aws:ec2/natGateway:NatGateway": "NAT gateways",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "VPC endpoints",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "CloudWatch alarms",
};

/** Label → size, in a fixed order. */
export function sizes(plan: Plan): ReadonlyMap<string, string> {
  const zones = new Set(
    plan
      .all("aws:ec2/subnet:Subnet")
      .map(({ inputs }) => inputs.availabilityZoneId ?? inputs.availabilityZone),
  );
  return new Map([
    ["region", plain(plan.outputs.region)],
    ["zones", String(zones.size)],
    ...Object.entries(counted).map(([type, label]): [string, string] => [
      label,
      String(plan.all(type).length),
    ]),
    ...list.flatMap(({ type, when, label, text }) =>
      plan
        .all(type)
        .filter(({ inputs }) => when?.(inputs) ?? true)
        .map((resource): [string, string] => [label(resource), text(resource.inputs)]),
    ),
    ["resources", String(plan.resources.filter(({ custom }) => custom).length)],
  ]);
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Inputs | undefined)?.[key], value);
}

function range(least: unknown, most: unknown): string {
  return most === undefined || least === most ? plain(least) : `${plain(least)}–${plain(most)}`;
}

/** A number or a word. Anything else gives empty text. */
function plain(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function join(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(" or ") : String(value);
}
