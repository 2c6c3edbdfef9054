import {
  custom,
  isAnywhere,
  list,
  mismatch,
  namespaceOf,
  namespacesOf,
  overStack,
  type Plain,
  podTemplate,
  type Resource,
  type Rule,
  read,
  record,
  selects,
  text,
  workloadNamed,
  workloadTypes,
} from "../../kit/index.ts";

const networkPolicy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

export const networkPolicyRules: readonly Rule[] = [
  overStack({
    id: "namespace-denies-by-default",
    controls: ["NP-01"],
    severity: "high",
    whatToDo: "add a policy with an empty podSelector and both policy types",
    check: (stack) =>
      namespacesOf(stack)
        .filter(
          (name) =>
            !stack.of(networkPolicy).some((one) => {
              const spec = record(one.inputs.spec);
              const denies =
                ["Ingress", "Egress"].every((type) => list(spec.policyTypes).includes(type)) &&
                list(spec.ingress).length + list(spec.egress).length === 0;
              return (
                namespaceOf(one) === name && Object.keys(record(spec.podSelector)).length === 0 && denies
              );
            }),
        )
        .map((name) => ({ message: `namespace ${name}: got no default deny; allowed: one` })),
    pass: [
      workloadNamed("api"),
      {
        type: networkPolicy,
        inputs: {
          metadata: { namespace: "tasks" },
          spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
        },
      },
    ],
    fail: [
      workloadNamed("api"),
      {
        type: networkPolicy,
        inputs: { metadata: { namespace: "tasks" }, spec: { podSelector: {}, policyTypes: ["Ingress"] } },
      },
    ],
    missing: [workloadNamed("api")],
  }),
  overStack({
    id: "workload-has-network-policy",
    controls: ["NP-02"],
    severity: "high",
    whatToDo: "state which peers the workload may talk to",
    check: (stack) =>
      stack
        .of(...workloadTypes)
        .filter(
          (one) =>
            !stack
              .of(networkPolicy)
              .some(
                (policy) =>
                  namespaceOf(policy) === namespaceOf(one) && admits(policy, podTemplate(one.inputs).labels),
              ),
        )
        .map((resource) => ({
          resource,
          message: "network policy: got none; allowed: one that selects its pods",
        })),
    pass: [
      workloadNamed("api"),
      {
        type: networkPolicy,
        inputs: { metadata: { namespace: "tasks" }, spec: { podSelector: { matchLabels: { app: "api" } } } },
      },
    ],
    fail: [
      workloadNamed("api"),
      {
        type: networkPolicy,
        inputs: {
          metadata: { namespace: "tasks" },
          spec: { podSelector: { matchLabels: { app: "other" } } },
        },
      },
    ],
    missing: [workloadNamed("api")],
  }),
  ...(["ingress", "egress"] as const).map((direction) =>
    custom({
      id: `network-policy-${direction}-named`,
      controls: [direction === "ingress" ? "NP-04" : "NP-05"],
      severity: "high",
      types: [networkPolicy],
      missingIs: "right",
      whatToDo: "name ranges, or pods and namespaces, and the ports",
      check: (inputs) =>
        list(read(inputs, `spec.${direction}`)).flatMap((entry, index) => {
          const peers = list(read(entry, direction === "ingress" ? "from" : "to"));
          const at = `spec.${direction}[${index}]`;
          if (peers.length === 0) return [`${at}: got everybody; allowed: named peers`];
          const open = peers.filter((peer) => isAnywhere(text(read(peer, "ipBlock.cidr"))));
          const ports = list(read(entry, "ports"));
          return [
            ...(open.length > 0 ? [`${at}: got every address; allowed: named ranges`] : []),
            ...(ports.length === 0 ? [`${at}.ports: got all; allowed: named ports`] : []),
          ];
        }),
      pass: {
        spec: {
          [direction]: [
            {
              [direction === "ingress" ? "from" : "to"]: [{ ipBlock: { cidr: "10.30.0.0/16" } }],
              ports: [{ port: 443 }],
            },
          ],
        },
      },
      fail: {
        spec: {
          [direction]: [
            {
              [direction === "ingress" ? "from" : "to"]: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
              ports: [{ port: 443 }],
            },
          ],
        },
      },
    }),
  ),
  custom({
    id: "network-policy-dns-narrow",
    controls: ["NP-03"],
    severity: "high",
    types: [networkPolicy],
    missingIs: "right",
    whatToDo: "open port 53 only to k8s-app=kube-dns in kube-system",
    check: (inputs) =>
      list(read(inputs, "spec.egress"))
        .filter((entry) => list(read(entry, "ports")).some((port) => Number(read(port, "port")) === 53))
        .filter(
          (entry) =>
            !list(read(entry, "to")).every(
              (peer) => record(read(peer, "podSelector.matchLabels"))["k8s-app"] === "kube-dns",
            ),
        )
        .map((entry) => mismatch("spec.egress", entry, "kube-dns")),
    pass: dns({ namespaceSelector: {}, podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }),
    fail: dns({ ipBlock: { cidr: "8.8.8.8/32" } }),
  }),
];

function admits(policy: Resource, labels: Plain): boolean {
  const selector = record(read(policy.inputs, "spec.podSelector.matchLabels"));
  return Object.keys(selector).length > 0 && selects(selector, labels);
}

function dns(peer: Plain): Plain {
  return { spec: { egress: [{ to: [peer], ports: [{ protocol: "UDP", port: 53 }] }] } };
}
