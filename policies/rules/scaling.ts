import { custom, hardened, overStack } from "../rule.ts";
import type { Environment, Resource, Rule, Stack } from "../types.ts";
import { list, type Plain, read, record, show, text } from "../values.ts";
import { nameOfObject, namespaceOf, podTemplate, selects, servingTypes } from "../workloads.ts";

const scaler = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const budget = "kubernetes:policy/v1:PodDisruptionBudget";

function scalerOf(stack: Stack, workload: Resource): Resource | undefined {
  return stack
    .of(scaler)
    .find(
      (one) =>
        namespaceOf(one) === namespaceOf(workload) &&
        text(read(one.inputs, "spec.scaleTargetRef.name")) === nameOfObject(workload),
    );
}

/** Environments that serve; only the standby may have something declared that does not run. */
const serving: readonly Environment[] = ["dev", "staging", "prod"];

/** Declared without a pod: a written 0. With an autoscaler beside it the two contradict each other, and it is not stopped. */
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
const scaling = (spec: Plain, name = "api") => ({
  type: scaler,
  name: "scaler",
  inputs: { metadata: exampleMetadata, spec: { scaleTargetRef: { kind: "Deployment", name }, ...spec } },
});
const disruption = (spec: Plain) => ({
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
    // What is stopped is another rule's.
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
      "leave replicas to the autoscaler: what is stopped waits for a failover, and this is what fails over",
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
      "write replicas or make an autoscaler: each deploy sets the number back, and a 0 halts the autoscaler",
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
    // Neither number may be the way out of the rules above: this one is not stopped, and one day it runs.
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
          message: `scaleTargetRef: got ${show(read(resource.inputs, "spec.scaleTargetRef.name"))}; allowed: a workload`,
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
    whatToDo: "let it grow, three times in prod",
    check: (inputs) => {
      const least = Number(read(inputs, "spec.minReplicas"));
      const most = Number(read(inputs, "spec.maxReplicas"));
      return most > least
        ? []
        : [`spec.maxReplicas: got ${show(read(inputs, "spec.maxReplicas"))}; allowed: above ${least}`];
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
    whatToDo: "scale on CPU, and on lag or latency where there is one",
    check: (inputs) => (list(read(inputs, "spec.metrics")).length > 0 ? [] : ["spec.metrics: got nothing"]),
    pass: { spec: { metrics: [{ type: "Resource" }] } },
    fail: { spec: { metrics: [] } },
  }),
  custom({
    id: "scaler-calm",
    controls: ["REL-11"],
    severity: "low",
    environments: hardened,
    types: [scaler],
    whatToDo: "wait 300 s before it shrinks",
    check: (inputs) => {
      const seconds = read(inputs, "spec.behavior.scaleDown.stabilizationWindowSeconds");
      return Number(seconds) >= 300
        ? []
        : [`spec.behavior.scaleDown.stabilizationWindowSeconds: got ${show(seconds)}; allowed: 300 or more`];
    },
    pass: { spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 300 } } } },
    fail: { spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } } },
  }),
  overStack({
    id: "workload-has-disruption-budget",
    controls: ["REL-12"],
    severity: "high",
    environments: ["staging", "prod"],
    whatToDo: "add a budget: a node upgrade may take every pod at once",
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
    whatToDo: "set exactly one of the two, and let one pod go: no node could be drained otherwise",
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
    whatToDo: "set AlwaysAllow: pods that never became ready must not hold a node",
    check: (inputs) => {
      const got = read(inputs, "spec.unhealthyPodEvictionPolicy");
      return got === "AlwaysAllow"
        ? []
        : [`spec.unhealthyPodEvictionPolicy: got ${show(got)}; allowed: "AlwaysAllow"`];
    },
    pass: { spec: { unhealthyPodEvictionPolicy: "AlwaysAllow" } },
    fail: { spec: { unhealthyPodEvictionPolicy: "IfHealthyBudget" } },
  }),
];
