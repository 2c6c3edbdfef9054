import {
  custom,
  type Environment,
  hardened,
  list,
  mismatch,
  nameOfObject,
  namespaceOf,
  overStack,
  type Plain,
  podTemplate,
  type Resource,
  type Rule,
  read,
  record,
  type Stack,
  selects,
  servingTypes,
  show,
  text,
  unless,
} from "../../../kit/index.ts";

const scaler = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
export const budget = "kubernetes:policy/v1:PodDisruptionBudget";

export function scalerOf(stack: Stack, workload: Resource): Resource | undefined {
  return stack
    .of(scaler)
    .find(
      (one) =>
        namespaceOf(one) === namespaceOf(workload) &&
        text(read(one.inputs, "spec.scaleTargetRef.name")) === nameOfObject(workload),
    );
}

/** Environments that serve requests. Only the standby may declare workloads that do not run. */
const serving: readonly Environment[] = ["dev", "staging", "prod"];

/** A workload is stopped when it has 0 replicas and no autoscaler. With an autoscaler the two contradict each other. */
function isStopped(stack: Stack, workload: Resource): boolean {
  return read(workload.inputs, "spec.replicas") === 0 && scalerOf(stack, workload) === undefined;
}

function runningWorkloads(stack: Stack): readonly Resource[] {
  return stack.of(...servingTypes).filter((one) => !isStopped(stack, one));
}

function leastReplicas(stack: Stack, workload: Resource): number {
  const scaled = scalerOf(stack, workload);
  return Number(
    (scaled ? read(scaled.inputs, "spec.minReplicas") : read(workload.inputs, "spec.replicas")) ?? 1,
  );
}

/** Workloads of a namespace that a selector finds. */
export function selected(stack: Stack, by: Resource, selector: Plain): readonly Resource[] {
  return stack
    .of(...servingTypes)
    .filter(
      (one) => namespaceOf(one) === namespaceOf(by) && selects(selector, podTemplate(one.inputs).labels),
    );
}

export const exampleLabels = { "app.kubernetes.io/name": "api" };
export const exampleMetadata = { name: "api", namespace: "tasks" };
export const exampleWorkload = {
  type: "kubernetes:apps/v1:Deployment",
  name: "workload",
  inputs: {
    metadata: exampleMetadata,
    spec: {
      selector: { matchLabels: exampleLabels },
      template: {
        metadata: { labels: exampleLabels },
        spec: { containers: [{ name: "api", ports: [{ name: "http", containerPort: 8080 }] }] },
      },
    },
  },
};
const writing = (replicas: number, name = "api") => ({
  type: "kubernetes:apps/v1:Deployment",
  name: `written-${name}`,
  inputs: {
    metadata: { ...exampleMetadata, name },
    spec: { ...exampleWorkload.inputs.spec, replicas, template: { metadata: { labels: { app: name } } } },
  },
});
export const scaling = (spec: Plain, name = "api") => ({
  type: scaler,
  name: "scaler",
  inputs: { metadata: exampleMetadata, spec: { scaleTargetRef: { kind: "Deployment", name }, ...spec } },
});
export const disruption = (spec: Plain) => ({
  type: budget,
  name: "budget",
  inputs: { metadata: exampleMetadata, spec: { selector: { matchLabels: exampleLabels }, ...spec } },
});

export const scalingRules: readonly Rule[] = [
  overStack({
    id: "workload-replicated",
    controls: ["REL-06"],
    severity: "high",
    environments: ["staging", "prod"],
    whatToDo: "raise minReplicas: three survive the loss of a zone during a node upgrade",
    check: (stack, { environment }) => {
      const least = environment === "prod" ? 3 : 2;
      return runningWorkloads(stack)
        .filter((one) => !(leastReplicas(stack, one) >= least))
        .map((resource) => ({
          resource,
          message: `replicas: got ${leastReplicas(stack, resource)}; allowed: ${least} or more`,
        }));
    },
    // The rule workload-runs judges the stopped one.
    pass: [exampleWorkload, scaling({ minReplicas: 3, maxReplicas: 9 }), writing(0, "relay")],
    fail: [exampleWorkload, scaling({ minReplicas: 1, maxReplicas: 9 })],
    missing: [exampleWorkload],
  }),
  overStack({
    id: "workload-runs",
    controls: ["REL-06"],
    severity: "high",
    environments: serving,
    missingIs: "right",
    whatToDo:
      "leave replicas to the autoscaler: only the standby may keep a workload stopped until a failover",
    check: (stack) =>
      stack
        .of(...servingTypes)
        .filter((one) => isStopped(stack, one))
        .map((resource) => ({ resource, message: "spec.replicas: got 0; allowed: none written" })),
    pass: [exampleWorkload, scaling({ minReplicas: 3 }), writing(3, "relay")],
    fail: [exampleWorkload, scaling({ minReplicas: 3 }), writing(0, "relay")],
    missing: [exampleWorkload],
  }),
  overStack({
    id: "workload-size-decided-once",
    controls: ["REL-07"],
    severity: "high",
    missingIs: "right",
    whatToDo:
      "set replicas or create an autoscaler, not both: each deploy resets the number, and 0 stops the autoscaler",
    check: (stack) =>
      stack
        .of(...servingTypes)
        .filter(
          (one) => read(one.inputs, "spec.replicas") !== undefined && scalerOf(stack, one) !== undefined,
        )
        .map((resource) => ({
          resource,
          message: `spec.replicas: got ${show(read(resource.inputs, "spec.replicas"))} under an autoscaler; allowed: none`,
        })),
    pass: [exampleWorkload, scaling({ minReplicas: 3 }), writing(0, "relay")],
    // This workload does not count as stopped, so 0 replicas must not satisfy the rules above.
    fail: [writing(0), scaling({ minReplicas: 3 })],
    missing: [exampleWorkload, scaling({ minReplicas: 3 })],
  }),
  overStack({
    id: "scaler-has-target",
    controls: ["REL-07"],
    severity: "high",
    whatToDo: "name a workload of the namespace",
    check: (stack) =>
      stack
        .of(scaler)
        .filter((one) => !stack.of(...servingTypes).some((target) => scalerOf(stack, target) === one))
        .map((resource) => ({
          resource,
          message: mismatch(
            "scaleTargetRef",
            read(resource.inputs, "spec.scaleTargetRef.name"),
            "a workload",
          ),
        })),
    pass: [exampleWorkload, scaling({})],
    fail: [exampleWorkload, scaling({}, "other")],
    missing: [{ type: scaler, inputs: { metadata: exampleMetadata } }],
  }),
  custom({
    id: "scaler-has-room",
    controls: ["REL-09"],
    severity: "medium",
    types: [scaler],
    whatToDo: "set maxReplicas above minReplicas, in prod three times as high",
    check: (inputs) => {
      const least = Number(read(inputs, "spec.minReplicas"));
      const most = Number(read(inputs, "spec.maxReplicas"));
      return unless(
        most > least,
        mismatch("spec.maxReplicas", read(inputs, "spec.maxReplicas"), `above ${least}`),
      );
    },
    pass: { spec: { minReplicas: 2, maxReplicas: 6 } },
    fail: { spec: { minReplicas: 2, maxReplicas: 2 } },
  }),
  custom({
    id: "scaler-measures",
    controls: ["REL-10"],
    severity: "medium",
    environments: hardened,
    types: [scaler],
    whatToDo: "scale on CPU, and on lag or latency where it is measured",
    check: (inputs) => unless(list(read(inputs, "spec.metrics")).length > 0, "spec.metrics: got nothing"),
    pass: { spec: { metrics: [{ type: "Resource" }] } },
    fail: { spec: { metrics: [] } },
  }),
  custom({
    id: "scaler-calm",
    controls: ["REL-11"],
    severity: "low",
    environments: hardened,
    types: [scaler],
    whatToDo: "wait 300 s before it scales down",
    check: (inputs) => {
      const seconds = read(inputs, "spec.behavior.scaleDown.stabilizationWindowSeconds");
      return unless(
        Number(seconds) >= 300,
        mismatch("spec.behavior.scaleDown.stabilizationWindowSeconds", seconds, "300 or more"),
      );
    },
    pass: { spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 300 } } } },
    fail: { spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } } },
  }),
  overStack({
    id: "workload-has-disruption-budget",
    controls: ["REL-12"],
    severity: "high",
    environments: ["staging", "prod"],
    whatToDo: "add a disruption budget: a node upgrade may evict every pod at once",
    check: (stack) =>
      runningWorkloads(stack)
        .filter(
          (one) =>
            !stack
              .of(budget)
              .some((entry) =>
                selected(stack, entry, record(read(entry.inputs, "spec.selector.matchLabels"))).includes(one),
              ),
        )
        .map((resource) => ({ resource, message: "disruption budget: got none; allowed: one" })),
    pass: [exampleWorkload, disruption({ minAvailable: 2 }), writing(0, "relay")],
    fail: [
      exampleWorkload,
      {
        ...disruption({}),
        inputs: { metadata: exampleMetadata, spec: { selector: { matchLabels: { app: "other" } } } },
      },
    ],
    missing: [exampleWorkload],
  }),
  overStack({
    id: "disruption-budget-lets-one-go",
    controls: ["REL-13"],
    severity: "high",
    whatToDo: "set exactly one of the two, and allow one eviction: otherwise no node can be drained",
    check: (stack) =>
      stack.of(budget).flatMap((resource) => {
        const spec = record(resource.inputs.spec);
        const { minAvailable, maxUnavailable } = spec;
        if ((minAvailable === undefined) === (maxUnavailable === undefined)) {
          return [{ resource, message: "minAvailable, maxUnavailable: got both or none; allowed: one" }];
        }
        const targets = selected(stack, resource, record(read(spec, "selector.matchLabels")));
        const least = Math.min(...targets.map((one) => leastReplicas(stack, one)));
        const blocked =
          minAvailable === "100%" ||
          (typeof minAvailable === "number" && minAvailable >= least) ||
          maxUnavailable === 0 ||
          maxUnavailable === "0%";
        return blocked
          ? [
              {
                resource,
                message: `minAvailable: got ${show(minAvailable ?? maxUnavailable)} of ${least}; allowed: fewer`,
              },
            ]
          : [];
      }),
    pass: [exampleWorkload, scaling({ minReplicas: 3 }), disruption({ minAvailable: 2 })],
    fail: [exampleWorkload, scaling({ minReplicas: 2 }), disruption({ minAvailable: 2 })],
    missing: [exampleWorkload, disruption({})],
  }),
  custom({
    id: "disruption-budget-evicts-sick",
    controls: ["REL-15"],
    severity: "low",
    types: [budget],
    whatToDo: "set AlwaysAllow: pods that never became ready must not block the drain of a node",
    check: (inputs) => {
      const got = read(inputs, "spec.unhealthyPodEvictionPolicy");
      return unless(got === "AlwaysAllow", mismatch("spec.unhealthyPodEvictionPolicy", got, '"AlwaysAllow"'));
    },
    pass: { spec: { unhealthyPodEvictionPolicy: "AlwaysAllow" } },
    fail: { spec: { unhealthyPodEvictionPolicy: "IfHealthyBudget" } },
  }),
];
