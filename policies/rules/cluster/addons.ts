import {
  custom,
  hardened,
  isRecord,
  mismatch,
  oneOf,
  overStack,
  type Plain,
  parsed,
  present,
  property,
  type Rule,
  type RuleHead,
  read,
  record,
  show,
  text,
  unless,
} from "../../kit/index.ts";

const addon = "aws:eks/addon:Addon";

const wanted = [
  "vpc-cni",
  "coredns",
  "kube-proxy",
  "eks-pod-identity-agent",
  "aws-ebs-csi-driver",
  "metrics-server",
] as const;

/** A rule about the configuration of one add-on. */
function configured(
  rule: RuleHead & {
    readonly addonName: string;
    readonly wrong: (values: Plain) => string | undefined;
    readonly pass: Plain;
    readonly fail: Plain;
  },
): Rule {
  const inputs = (values: Plain) => ({
    addonName: rule.addonName,
    configurationValues: JSON.stringify(values),
  });
  return custom({
    ...rule,
    types: [addon],
    check: ({ addonName, configurationValues }) => {
      if (addonName !== rule.addonName) return [];
      const values = parsed(configurationValues);
      const wrong = isRecord(values) ? rule.wrong(values) : `got ${show(configurationValues)}; allowed: JSON`;
      return unless(wrong === undefined, `configurationValues: ${wrong}`);
    },
    pass: inputs(rule.pass),
    fail: inputs(rule.fail),
    missing: { addonName: rule.addonName },
  });
}

export const addonRules: readonly Rule[] = [
  overStack({
    id: "addons-declared",
    controls: ["EKS-15"],
    severity: "medium",
    whatToDo: "declare it: an add-on that EKS installs by itself is never updated",
    check: (stack) => {
      if (stack.of("aws:eks/cluster:Cluster").length === 0) return [];
      const names = stack.of(addon).map(({ inputs }) => text(inputs.addonName));
      return wanted
        .filter((name) => !names.includes(name))
        .map((name) => ({ message: `add-on ${name}: got none; allowed: one` }));
    },
    pass: [
      { type: "aws:eks/cluster:Cluster" },
      ...wanted.map((addonName) => ({ type: addon, inputs: { addonName } })),
    ],
    fail: [{ type: "aws:eks/cluster:Cluster" }, { type: addon, inputs: { addonName: "coredns" } }],
    missing: [{ type: "aws:eks/cluster:Cluster" }],
  }),
  property({
    id: "addon-version-pinned",
    controls: ["EKS-15"],
    severity: "medium",
    types: [addon],
    path: "addonVersion",
    is: {
      allowed: "an exact build, such as v1.22.4-eksbuild.3",
      holds: (value) => /^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(text(value)),
      right: "v1.22.4-eksbuild.3",
      wrong: "latest",
    },
    whatToDo: "pin the build that was tested in dev",
  }),
  property({
    id: "addon-conflicts-decided",
    controls: ["EKS-15"],
    severity: "medium",
    types: [addon],
    path: "resolveConflictsOnUpdate",
    is: oneOf("OVERWRITE", "PRESERVE"),
    whatToDo: "state it: with the default (NONE) an update fails half way",
  }),
  configured({
    id: "addon-network-policies-enforced",
    controls: ["EKS-16"],
    severity: "high",
    addonName: "vpc-cni",
    whatToDo: 'set enableNetworkPolicy: "true": otherwise nothing enforces a NetworkPolicy',
    wrong: ({ enableNetworkPolicy }) =>
      text(enableNetworkPolicy) === "true"
        ? undefined
        : mismatch("enableNetworkPolicy", enableNetworkPolicy, '"true"'),
    pass: { enableNetworkPolicy: "true" },
    fail: { enableNetworkPolicy: "false" },
  }),
  configured({
    id: "addon-dns-replicated",
    controls: ["EKS-23"],
    severity: "medium",
    environments: hardened,
    addonName: "coredns",
    whatToDo: "run two or more and scale them with the cluster: every call starts with a DNS query",
    wrong: (values) => {
      const scaling = record(values.autoScaling);
      const replicas = Number(scaling.minReplicas ?? values.replicaCount ?? 0);
      return scaling.enabled === true && replicas >= 2
        ? undefined
        : mismatch("autoScaling", values.autoScaling, "enabled with 2 replicas or more");
    },
    pass: { autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 10 } },
    fail: { autoScaling: { enabled: true, minReplicas: 1, maxReplicas: 10 } },
  }),
  configured({
    id: "addon-dns-evicted-one-by-one",
    controls: ["EKS-23"],
    severity: "medium",
    environments: hardened,
    addonName: "coredns",
    whatToDo: "turn the disruption budget on",
    wrong: (values) =>
      read(values, "podDisruptionBudget.enabled") === true
        ? undefined
        : mismatch("podDisruptionBudget", values.podDisruptionBudget, "enabled"),
    pass: { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } },
    fail: { podDisruptionBudget: { enabled: false } },
  }),
  configured({
    id: "addon-dns-leaves-slowly",
    controls: ["EKS-23"],
    severity: "medium",
    environments: hardened,
    addonName: "coredns",
    whatToDo:
      "set lameduck 30s in the Corefile: kube-proxy may send queries for that long to a pod that is stopping",
    wrong: ({ corefile }) =>
      /lameduck (3\d|[4-9]\d)s/.test(text(corefile))
        ? undefined
        : "corefile: got no lameduck; allowed: 30s or more",
    pass: { corefile: ".:53 {\n health {\n lameduck 30s\n }\n}" },
    fail: { corefile: ".:53 {\n health {\n lameduck 5s\n }\n}" },
  }),
  configured({
    id: "addon-dns-spread",
    controls: ["EKS-23"],
    severity: "medium",
    environments: hardened,
    addonName: "coredns",
    whatToDo: "spread replicas over zones",
    wrong: (values) =>
      present("").holds(values.topologySpreadConstraints)
        ? undefined
        : mismatch("topologySpreadConstraints", values.topologySpreadConstraints, "one over zones"),
    pass: { topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone" }] },
    fail: { topologySpreadConstraints: [] },
  }),
];
