import {
  custom,
  declared,
  isTrue,
  mismatch,
  oneOf,
  overStack,
  property,
  type Rule,
  text,
} from "../../kit/index.ts";

const cluster = "aws:eks/cluster:Cluster";

/** Minor versions that AWS supports, with the last day of standard support; later ones are added after a test. */
const standardSupport: Readonly<Record<string, string>> = {
  "1.34": "2026-12-02",
  "1.35": "2027-03-27",
  "1.36": "2027-08-02",
};

export const clusterOperationRules: readonly Rule[] = [
  custom({
    id: "cluster-version-supported",
    controls: ["EKS-06"],
    severity: "high",
    types: [cluster],
    whatToDo: "upgrade to a later minor version; AWS announces the end of support a year ahead",
    check: ({ version }, { today }) => {
      const until = standardSupport[text(version)];
      if (until !== undefined && until >= today) return [];
      const allowed = Object.entries(standardSupport).filter(([, end]) => end >= today);
      return [mismatch("version", version, allowed.map(([minor]) => minor).join(", "))];
    },
    pass: { version: "1.35" },
    fail: { version: "1.31" },
  }),
  property({
    id: "cluster-support-standard",
    controls: ["EKS-07"],
    severity: "low",
    types: [cluster],
    path: "upgradePolicy.supportType",
    is: oneOf("STANDARD"),
    whatToDo: "set STANDARD: otherwise extended support starts by itself and costs six times the price",
  }),
  declared({
    id: "cluster-pods-have-identities",
    controls: ["EKS-14"],
    severity: "high",
    where: [cluster],
    type: "aws:eks/addon:Addon",
    is: ({ addonName }) => addonName === "eks-pod-identity-agent",
    wanted: "the add-on eks-pod-identity-agent",
    whatToDo: "add it: without it pods fall back to the role of their node",
    pass: { addonName: "eks-pod-identity-agent" },
    fail: { addonName: "vpc-cni" },
  }),
  property({
    id: "cluster-service-range-chosen",
    controls: ["EKS-19"],
    severity: "low",
    types: [cluster],
    path: "kubernetesNetworkConfig.serviceIpv4Cidr",
    is: {
      allowed: "a range outside of every network",
      holds: (value) => /^(172\.(1[6-9]|2\d|3[01])|192\.168|10\.\d+)\.\d+\.\d+\/\d+$/.test(text(value)),
      right: "172.20.0.0/16",
      wrong: "198.51.100.0/24",
    },
    whatToDo: "state it: the range that AWS picks may overlap a network of another account",
  }),
  property({
    id: "cluster-shifts-zones",
    controls: ["EKS-20"],
    severity: "low",
    environments: ["prod"],
    types: [cluster],
    path: "zonalShiftConfig.enabled",
    is: isTrue,
    whatToDo: "turn it on, so that traffic can leave a zone that fails",
  }),
  overStack({
    id: "cluster-log-group-own",
    controls: ["EKS-04", "CW-02"],
    severity: "medium",
    whatToDo:
      "create the log group first: one that EKS creates keeps lines for ever and has no customer managed key",
    check: (stack) => {
      const names = stack.of("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => text(inputs.name));
      return stack
        .of(cluster)
        .map((resource) => ({ resource, wanted: `/aws/eks/${text(resource.inputs.name)}/cluster` }))
        .filter(({ wanted }) => !names.includes(wanted))
        .map(({ resource, wanted }) => ({ resource, message: `log group: got none; allowed: "${wanted}"` }));
    },
    pass: [
      { type: cluster, inputs: { name: "task" } },
      { type: "aws:cloudwatch/logGroup:LogGroup", inputs: { name: "/aws/eks/task/cluster" } },
    ],
    fail: [
      { type: cluster, inputs: { name: "task" } },
      { type: "aws:cloudwatch/logGroup:LogGroup", inputs: { name: "/aws/eks/other/cluster" } },
    ],
    missing: [{ type: cluster, inputs: { name: "task" } }],
  }),
];
