import { oneOf, present } from "../requirements.ts";
import { custom, hardened, overStack, property } from "../rule.ts";
import type { Rule } from "../types.ts";
import { isRecord, type Plain, parsed, read, record, show, text } from "../values.ts";

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
function configured(rule: {
  readonly id: string;
  readonly controls: readonly string[];
  readonly severity: Rule["severity"];
  readonly environments?: Rule["environments"];
  readonly addonName: string;
  readonly whatToDo: string;
  readonly wrong: (values: Plain) => string | undefined;
  readonly pass: Plain;
  readonly fail: Plain;
}): Rule {
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
      return wrong === undefined ? [] : [`configurationValues: ${wrong}`];
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
    whatToDo: "declare it: what EKS installs by itself is never updated",
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
    whatToDo: "write the build that was tried in dev",
  }),
  property({
    id: "addon-conflicts-decided",
    controls: ["EKS-15"],
    severity: "medium",
    types: [addon],
    path: "resolveConflictsOnUpdate",
    is: oneOf("OVERWRITE", "PRESERVE"),
    whatToDo: "choose: the default (NONE) fails an update half way",
  }),
  configured({
    id: "addon-network-policies-enforced",
    controls: ["EKS-16"],
    severity: "high",
    addonName: "vpc-cni",
    whatToDo: 'set enableNetworkPolicy: "true", or every NetworkPolicy is only text',
    wrong: ({ enableNetworkPolicy }) =>
      text(enableNetworkPolicy) === "true"
        ? undefined
        : `enableNetworkPolicy: got ${show(enableNetworkPolicy)}; allowed: "true"`,
    pass: { enableNetworkPolicy: "true" },
    fail: { enableNetworkPolicy: "false" },
  }),
  configured({
    id: "addon-dns-replicated",
    controls: ["EKS-23"],
    severity: "medium",
    environments: hardened,
    addonName: "coredns",
    whatToDo: "run two or more and let them grow with the cluster: every call begins with a name",
    wrong: (values) => {
      const scaling = record(values.autoScaling);
      const replicas = Number(scaling.minReplicas ?? values.replicaCount ?? 0);
      return scaling.enabled === true && replicas >= 2
        ? undefined
        : `autoScaling: got ${show(values.autoScaling)}; allowed: enabled with 2 replicas or more`;
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
        : `podDisruptionBudget: got ${show(values.podDisruptionBudget)}; allowed: enabled`,
    pass: { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } },
    fail: { podDisruptionBudget: { enabled: false } },
  }),
  configured({
    id: "addon-dns-leaves-slowly",
    controls: ["EKS-23"],
    severity: "medium",
    environments: hardened,
    addonName: "coredns",
    whatToDo: "set lameduck 30s in the Corefile: kube-proxy may send for that long to a pod that ends",
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
        : `topologySpreadConstraints: got ${show(values.topologySpreadConstraints)}; allowed: one over zones`,
    pass: { topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone" }] },
    fail: { topologySpreadConstraints: [] },
  }),
];
