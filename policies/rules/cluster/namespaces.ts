import {
  custom,
  hardened,
  list,
  mismatch,
  namespaceOf,
  namespacesOf,
  overStack,
  type Rule,
  read,
  record,
  show,
  text,
  unless,
  workloadNamed,
  workloadTypes,
} from "../../kit/index.ts";

const account = "kubernetes:core/v1:ServiceAccount";
const networkPolicy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const namespace = "kubernetes:core/v1:Namespace";

const cluster = "aws:eks/cluster:Cluster";

/** A namespace with one version of the standard in every mode, for examples. */
function standardOf(version: string) {
  const keys = ["enforce", "audit", "warn"].map((mode) => `pod-security.kubernetes.io/${mode}-version`);
  const labels = Object.fromEntries(keys.map((key) => [key, version]));
  return { type: namespace, inputs: { metadata: { name: "tasks", labels } } };
}

const readinessGate = "elbv2.k8s.aws/pod-readiness-gate-inject";

export const namespaceRules: readonly Rule[] = [
  custom({
    id: "object-namespace-own",
    controls: ["NS-01"],
    severity: "medium",
    types: [
      ...workloadTypes,
      account,
      networkPolicy,
      "kubernetes:core/v1:Service",
      "kubernetes:core/v1:ConfigMap",
    ],
    whatToDo: "name a namespace of the platform",
    check: (inputs) => {
      const name = text(read(inputs, "metadata.namespace"));
      return ["", "default", "kube-system"].includes(name)
        ? [mismatch("metadata.namespace", name, "one of ours")]
        : [];
    },
    pass: { metadata: { namespace: "tasks" } },
    fail: { metadata: { namespace: "default" } },
  }),
  custom({
    id: "namespace-restricted",
    controls: ["NS-03", "POD-08"],
    severity: "high",
    types: [namespace],
    whatToDo:
      "set pod-security.kubernetes.io/enforce restricted, or at least baseline for agents, with audit and warn",
    check: (inputs) => {
      const labels = record(read(inputs, "metadata.labels"));
      const level = text(labels["pod-security.kubernetes.io/enforce"]);
      return unless(
        level === "restricted" ||
          level === "baseline" ||
          (level === "privileged" && labels["pod-security.kubernetes.io/audit"] === "restricted"),
        `metadata.labels: got pod-security enforce ${show(level)}; allowed: "restricted"`,
      );
    },
    pass: { metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
    fail: { metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } },
  }),
  overStack({
    id: "namespace-standard-of-cluster",
    controls: ["NS-03", "POD-08"],
    severity: "medium",
    whatToDo:
      "set pod-security.kubernetes.io/<mode>-version to the minor of the cluster: without it the standard changes by itself with an upgrade of the control plane",
    check: (stack) => {
      const wanted = stack.of(cluster).map(({ inputs }) => `v${text(inputs.version)}`);
      return stack.of(namespace).flatMap((resource) => {
        const labels = record(read(resource.inputs, "metadata.labels"));
        return ["enforce", "audit", "warn"]
          .map((mode) => `pod-security.kubernetes.io/${mode}-version`)
          .filter((key) => !wanted.includes(text(labels[key])))
          .map((key) => ({
            resource,
            message: mismatch(`metadata.labels ${key}`, labels[key], wanted.join(", ")),
          }));
      });
    },
    pass: [{ type: cluster, inputs: { version: "1.36" } }, standardOf("v1.36")],
    fail: [{ type: cluster, inputs: { version: "1.36" } }, standardOf("v1.35")],
    missing: [
      { type: cluster, inputs: { version: "1.36" } },
      { type: namespace, inputs: { metadata: { labels: {} } } },
    ],
  }),
  overStack({
    id: "namespace-waits-for-balancer",
    controls: ["REL-21"],
    severity: "medium",
    environments: hardened,
    whatToDo:
      "label the namespace elbv2.k8s.aws/pod-readiness-gate-inject: enabled, so that a rollout waits for the load balancer",
    check: (stack) =>
      stack
        .of(namespace)
        .filter((one) => namespacesOf(stack).includes(text(read(one.inputs, "metadata.name"))))
        .filter((one) => record(read(one.inputs, "metadata.labels"))[readinessGate] !== "enabled")
        .map((resource) => ({ resource, message: `metadata.labels: got no ${readinessGate}` })),
    pass: [
      workloadNamed("api"),
      { type: namespace, inputs: { metadata: { name: "tasks", labels: { [readinessGate]: "enabled" } } } },
    ],
    fail: [
      workloadNamed("api"),
      { type: namespace, inputs: { metadata: { name: "tasks", labels: { [readinessGate]: "disabled" } } } },
    ],
    missing: [workloadNamed("api"), { type: namespace, inputs: { metadata: { name: "tasks" } } }],
  }),
  custom({
    id: "object-labelled",
    controls: ["NS-04"],
    severity: "low",
    types: [...workloadTypes, "kubernetes:core/v1:Service"],
    whatToDo: "set the standard labels of the component",
    check: (inputs) => {
      const labels = record(read(inputs, "metadata.labels"));
      return ["name", "part-of", "managed-by"]
        .filter((key) => text(labels[`app.kubernetes.io/${key}`]) === "")
        .map((key) => `metadata.labels: got no app.kubernetes.io/${key}`);
    },
    pass: {
      metadata: {
        labels: {
          "app.kubernetes.io/name": "a",
          "app.kubernetes.io/part-of": "b",
          "app.kubernetes.io/managed-by": "c",
        },
      },
    },
    fail: { metadata: { labels: { app: "a" } } },
  }),
  ...(
    [
      ["kubernetes:core/v1:ResourceQuota", "RES-08", "quota"],
      ["kubernetes:core/v1:LimitRange", "RES-09", "defaults"],
    ] as const
  ).map(([type, control, word]) =>
    overStack({
      id: `namespace-has-${word}`,
      controls: [control],
      severity: "medium",
      environments: hardened,
      whatToDo: "add it: one workload must not use up the cluster",
      check: (stack) =>
        namespacesOf(stack)
          .filter((name) => !stack.of(type).some((one) => namespaceOf(one) === name))
          .map((name) => ({ message: `namespace ${name}: got no ${type}; allowed: one` })),
      pass: [workloadNamed("api"), { type, inputs: { metadata: { namespace: "tasks" } } }],
      fail: [workloadNamed("api"), { type, inputs: { metadata: { namespace: "other" } } }],
      missing: [workloadNamed("api")],
    }),
  ),
  custom({
    id: "ingress-encrypted",
    controls: ["ING-01", "ING-03"],
    severity: "high",
    types: ["kubernetes:networking.k8s.io/v1:Ingress"],
    whatToDo:
      "use the load balancer of this program, or set TLS and the class of the load balancer controller",
    check: (inputs) => {
      const encrypted =
        list(read(inputs, "spec.tls")).length > 0 ||
        text(record(read(inputs, "metadata.annotations"))["alb.ingress.kubernetes.io/certificate-arn"]) !==
          "";
      const name = text(read(inputs, "spec.ingressClassName"));
      return [
        ...unless(encrypted, "spec.tls: got nothing"),
        ...(name === "nginx" ? ['spec.ingressClassName: got "nginx"; allowed: "alb"'] : []),
      ];
    },
    pass: { spec: { ingressClassName: "alb", tls: [{ hosts: ["api.example.com"] }] } },
    fail: { spec: { ingressClassName: "nginx" } },
  }),
];
