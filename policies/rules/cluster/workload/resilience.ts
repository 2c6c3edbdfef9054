import {
  list,
  mismatch,
  namespaceOf,
  namespacesOf,
  overStack,
  type Plain,
  podRule,
  type Resource,
  type Rule,
  read,
  record,
  type Stack,
  servingTypes,
  text,
  unless,
  workloadTypes,
} from "../../../kit/index.ts";
import {
  budget,
  disruption,
  exampleMetadata as metadata,
  scalerOf,
  scaling,
  selected,
  exampleWorkload as workload,
} from "./scaling.ts";

const byRollout = "pod-template-hash";
const quota = "kubernetes:core/v1:ResourceQuota";

/** A rollout of more steps takes longer than people watch it. */
const mostSteps = 5;

/** Replicas that a workload may grow to. */
function mostReplicas(stack: Stack, one: Resource): number {
  const scaler = scalerOf(stack, one);
  return Number((scaler ? read(scaler.inputs, "spec.maxReplicas") : read(one.inputs, "spec.replicas")) ?? 1);
}

/** A number of pods that may be a percentage, as Kubernetes reads it. */
function pods(value: unknown, of: number, round: (number: number) => number): number {
  const [, percent] = /^(\d+)%$/.exec(text(value)) ?? [];
  return percent === undefined ? Number(value) : round((of * Number(percent)) / 100);
}

/** Pods that a rollout adds at once; the default of Kubernetes is a quarter. */
function surgeOf(one: Resource, replicas: number): number {
  return pods(read(one.inputs, "spec.strategy.rollingUpdate.maxSurge") ?? "25%", replicas, Math.ceil);
}

/** Pods of a workload that a quota may count at once: those that a rollout stops count until they have ended. */
function mostPods(stack: Stack, one: Resource): number {
  const most = mostReplicas(stack, one);
  return 2 * most + surgeOf(one, most);
}

const spread = (constraint: Plain) => ({ topologySpreadConstraints: [constraint] });
const apart = (term: Plain) => ({
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
});
const leaves = (tolerationSeconds: number, ...states: readonly string[]) => ({
  tolerations: states.map((state) => ({
    key: `node.kubernetes.io/${state}`,
    operator: "Exists",
    effect: "NoExecute",
    tolerationSeconds,
  })),
});
const rolling = (maxSurge: number | string) => ({
  ...workload,
  inputs: {
    ...workload.inputs,
    spec: { ...workload.inputs.spec, strategy: { rollingUpdate: { maxSurge } } },
  },
});
const holding = (pods: string) => ({
  type: quota,
  name: "quota",
  inputs: { metadata, spec: { hard: { pods } } },
});

/** What is strict while all is well must not be strict about nodes, pods and zones that are gone. */
export const resilienceRules: readonly Rule[] = [
  podRule({
    id: "pod-spread-skips-dead-nodes",
    controls: ["REL-16", "REL-18"],
    severity: "high",
    missingIs: "right",
    whatToDo:
      'set nodeTaintsPolicy "Honor", and leave nodeAffinityPolicy at "Honor": a zone whose nodes are lost or cordoned would count as empty, and no pod could start in the others',
    wrong: ({ topologySpreadConstraints }) => {
      const wrong = list(topologySpreadConstraints)
        .map(record)
        .filter(
          ({ nodeTaintsPolicy, nodeAffinityPolicy = "Honor" }) =>
            nodeTaintsPolicy !== "Honor" || nodeAffinityPolicy !== "Honor",
        );
      return wrong.length > 0
        ? `topologySpreadConstraints: got ${wrong.map(({ topologyKey }) => text(topologyKey)).join(", ")} over all nodes; allowed: nodes that would take the pod`
        : undefined;
    },
    pass: spread({ topologyKey: "topology.kubernetes.io/zone", nodeTaintsPolicy: "Honor" }),
    fail: spread({ topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" }),
  }),
  podRule({
    id: "pod-apart-by-rollout",
    controls: ["REL-16", "REL-18"],
    severity: "high",
    types: servingTypes,
    missingIs: "right",
    whatToDo: `set matchLabelKeys ["${byRollout}"] on required anti-affinity: the first new pod would wait for a host without an old one`,
    wrong: (pod) => {
      const terms = list(
        read(pod, "affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution"),
      );
      const wrong = terms.filter((term) => !list(read(term, "matchLabelKeys")).includes(byRollout));
      return wrong.length > 0 ? mismatch("affinity.podAntiAffinity", wrong, `with ${byRollout}`) : undefined;
    },
    pass: apart({ topologyKey: "kubernetes.io/hostname", matchLabelKeys: [byRollout] }),
    fail: apart({ topologyKey: "kubernetes.io/hostname" }),
  }),
  podRule({
    id: "pod-leaves-dead-nodes",
    controls: ["REL-16"],
    severity: "medium",
    types: workloadTypes.filter((type) => !type.endsWith(":DaemonSet")) as [string, ...string[]],
    whatToDo:
      "tolerate not-ready and unreachable for 30 to 120 s, with effect NoExecute only: the default keeps pods on a dead node for five minutes, and without the effect it takes new ones",
    wrong: ({ tolerations }) => {
      const wrong = ["not-ready", "unreachable"].filter((state) => {
        const [found, ...more] = list(tolerations)
          .map(record)
          .filter(({ key }) => key === `node.kubernetes.io/${state}`);
        const seconds = Number(found?.tolerationSeconds);
        return found?.effect !== "NoExecute" || !(seconds >= 30 && seconds <= 120) || more.length > 0;
      });
      return wrong.length > 0 ? `tolerations: got none of 30 to 120 s for ${wrong.join(", ")}` : undefined;
    },
    pass: leaves(60, "not-ready", "unreachable"),
    fail: leaves(60, "not-ready"),
  }),
  overStack({
    id: "disruption-budget-grows",
    controls: ["REL-13"],
    severity: "high",
    missingIs: "right",
    whatToDo:
      "set maxUnavailable, as a number or a share: with a fixed minAvailable nearly all pods may leave at once when there are many",
    check: (stack) =>
      stack.of(budget).flatMap((resource) => {
        const { minAvailable, maxUnavailable, selector } = record(resource.inputs.spec);
        const targets = selected(stack, resource, record(record(selector).matchLabels));
        return targets.flatMap((one) => {
          const most = mostReplicas(stack, one);
          const gone =
            maxUnavailable === undefined
              ? most - pods(minAvailable ?? 0, most, Math.ceil)
              : pods(maxUnavailable, most, Math.ceil);
          return unless(gone <= Math.max(1, most / 3), {
            resource,
            message: `${gone} of ${most} pods may leave at once; allowed: a third`,
          });
        });
      }),
    pass: [workload, scaling({ minReplicas: 3, maxReplicas: 20 }), disruption({ maxUnavailable: 1 })],
    fail: [workload, scaling({ minReplicas: 3, maxReplicas: 20 }), disruption({ minAvailable: 2 })],
    missing: [workload, scaling({ minReplicas: 3, maxReplicas: 20 })],
  }),
  overStack({
    id: "workload-rolls-in-few-steps",
    controls: ["REL-19"],
    severity: "medium",
    missingIs: "right",
    whatToDo: `set maxSurge to a share, so that a rollout takes ${mostSteps} steps or fewer at the most replicas`,
    check: (stack) =>
      stack.of("kubernetes:apps/v1:Deployment").flatMap((resource) => {
        const most = mostReplicas(stack, resource);
        // A stopped workload has nothing to roll.
        const steps = most === 0 ? 0 : Math.ceil(most / surgeOf(resource, most));
        return unless(steps <= mostSteps, {
          resource,
          message: `spec.strategy: got ${steps} steps for ${most} replicas; allowed: ${mostSteps} or fewer`,
        });
      }),
    pass: [rolling("25%"), scaling({ minReplicas: 3, maxReplicas: 20 })],
    fail: [rolling(1), scaling({ minReplicas: 3, maxReplicas: 20 })],
    missing: [workload, scaling({ minReplicas: 3, maxReplicas: 20 })],
  }),
  overStack({
    id: "namespace-quota-holds-rollouts",
    controls: ["RES-08"],
    severity: "high",
    missingIs: "right",
    whatToDo:
      "raise pods of the quota: pods that a rollout adds count, and pods that it stops count until they have ended",
    check: (stack) =>
      namespacesOf(stack).flatMap((namespace) => {
        const wanted = stack
          .of(...servingTypes)
          .filter((one) => namespaceOf(one) === namespace)
          .reduce((sum, one) => sum + mostPods(stack, one), 0);
        return stack
          .of(quota)
          .filter((one) => namespaceOf(one) === namespace)
          .map((resource) => ({ resource, got: read(resource.inputs, "spec.hard.pods") }))
          .filter(({ got }) => got !== undefined && Number(got) < wanted)
          .map(({ resource, got }) => ({
            resource,
            message: mismatch("spec.hard.pods", got, `${wanted} or more`),
          }));
      }),
    pass: [workload, scaling({ minReplicas: 3, maxReplicas: 20 }), holding("45")],
    fail: [workload, scaling({ minReplicas: 3, maxReplicas: 20 }), holding("21")],
    missing: [workload, scaling({ minReplicas: 3, maxReplicas: 20 })],
  }),
];
