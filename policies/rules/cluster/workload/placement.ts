import {
  custom,
  deployment,
  hardened,
  list,
  mismatch,
  nameOfObject,
  never,
  overStack,
  type Plain,
  podRule,
  podTemplate,
  type Rule,
  read,
  record,
  selects,
  servingTypes,
  show,
  text,
  unless,
  workloadTypes,
} from "../../../kit/index.ts";
import {
  exampleLabels as labels,
  exampleMetadata as metadata,
  exampleWorkload as workload,
} from "./scaling.ts";

const priorityClass = "kubernetes:scheduling.k8s.io/v1:PriorityClass";

export const placementRules: readonly Rule[] = [
  podRule({
    id: "pod-hosts-apart",
    controls: ["REL-16"],
    severity: "medium",
    environments: hardened,
    types: servingTypes,
    whatToDo: "add anti-affinity on kubernetes.io/hostname, required or with weight 100",
    wrong: (pod) => {
      const affinity = record(read(pod, "affinity.podAntiAffinity"));
      const required = list(affinity.requiredDuringSchedulingIgnoredDuringExecution).map((one) =>
        read(one, "topologyKey"),
      );
      const preferred = list(affinity.preferredDuringSchedulingIgnoredDuringExecution)
        .filter((one) => read(one, "weight") === 100)
        .map((one) => read(one, "podAffinityTerm.topologyKey"));
      return [...required, ...preferred].includes("kubernetes.io/hostname")
        ? undefined
        : "affinity.podAntiAffinity: got none by hostname";
    },
    pass: {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "kubernetes.io/hostname" }],
        },
      },
    },
    fail: {
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, podAffinityTerm: { topologyKey: "kubernetes.io/hostname" } },
          ],
        },
      },
    },
  }),
  podRule({
    id: "pod-zones-spread",
    controls: ["REL-16", "REL-18"],
    severity: "medium",
    types: servingTypes,
    whatToDo: 'spread over zones with matchLabelKeys ["pod-template-hash"]',
    wrong: ({ topologySpreadConstraints }) => {
      const spread = list(topologySpreadConstraints).some(
        (one) =>
          read(one, "topologyKey") === "topology.kubernetes.io/zone" &&
          list(read(one, "matchLabelKeys")).includes("pod-template-hash"),
      );
      return spread
        ? undefined
        : mismatch("topologySpreadConstraints", topologySpreadConstraints, "one over zones");
    },
    pass: {
      topologySpreadConstraints: [
        { topologyKey: "topology.kubernetes.io/zone", matchLabelKeys: ["pod-template-hash"] },
      ],
    },
    fail: { topologySpreadConstraints: [{ topologyKey: "kubernetes.io/hostname" }] },
  }),
  podRule({
    id: "pod-names-found-at-once",
    controls: ["REL-27"],
    severity: "low",
    environments: ["prod"],
    types: servingTypes,
    whatToDo: 'set dnsConfig.options ndots "2"',
    wrong: (pod) => {
      const option = list(read(pod, "dnsConfig.options"))
        .map(record)
        .find(({ name }) => name === "ndots");
      return text(option?.value) === "2"
        ? undefined
        : `dnsConfig.options: got ndots ${show(option?.value)}; allowed: "2"`;
    },
    pass: { dnsConfig: { options: [{ name: "ndots", value: "2" }] } },
    fail: { dnsConfig: { options: [{ name: "ndots", value: "5" }] } },
  }),
  podRule({
    id: "pod-priority-named",
    controls: ["REL-22"],
    severity: "low",
    environments: hardened,
    types: [...servingTypes, "kubernetes:batch/v1:Job", "kubernetes:batch/v1:CronJob"],
    whatToDo:
      "name a priority class, with the API above workers and workers above jobs: a full cluster must evict the right pod",
    wrong: ({ priorityClassName }) =>
      text(priorityClassName) === "" ? "priorityClassName: got nothing; allowed: a class of ours" : undefined,
    pass: { priorityClassName: "task-api" },
    fail: { priorityClassName: "" },
  }),
  overStack({
    id: "pod-priority-exists",
    controls: ["REL-22"],
    severity: "medium",
    missingIs: "right",
    whatToDo: "create the class, or name an existing one: the API server refuses pods of an unknown class",
    check: (stack) => {
      const made = stack.of(priorityClass).map(nameOfObject);
      return stack
        .of(...workloadTypes)
        .map((resource) => ({ resource, got: text(podTemplate(resource.inputs).spec.priorityClassName) }))
        .filter(({ got }) => got !== "" && !got.startsWith("system-") && !made.includes(got))
        .map(({ resource, got }) => ({
          resource,
          message: mismatch("priorityClassName", got, made.join(", ") || "a class, once there is one"),
        }));
    },
    pass: [
      { type: priorityClass, inputs: { metadata: { name: "urgent" } } },
      { type: "kubernetes:apps/v1:Deployment", inputs: deployment({ priorityClassName: "urgent" }) },
      {
        type: "kubernetes:apps/v1:DaemonSet",
        inputs: deployment({ priorityClassName: "system-node-critical" }),
      },
    ],
    fail: [
      { type: priorityClass, inputs: { metadata: { name: "urgent" } } },
      { type: "kubernetes:apps/v1:Deployment", inputs: deployment({ priorityClassName: "urgend" }) },
    ],
    missing: [{ type: "kubernetes:apps/v1:Deployment", inputs: deployment({}) }],
  }),
  custom({
    id: "priority-class-chosen",
    controls: ["REL-22"],
    severity: "medium",
    types: [priorityClass],
    whatToDo:
      "give it a value above 0, and do not make it the global default: a pod that names no class must not rank above it",
    check: (inputs) => [
      ...unless(Number(inputs.value) > 0, mismatch("value", inputs.value, "above 0")),
      ...(inputs.globalDefault === true ? ["globalDefault: got true; allowed: false"] : []),
    ],
    pass: { value: 1000, globalDefault: false },
    fail: { value: 1000, globalDefault: true },
  }),
  custom({
    id: "workload-rolls",
    controls: ["REL-19", "REL-23"],
    severity: "medium",
    types: ["kubernetes:apps/v1:Deployment"],
    whatToDo: "roll with maxUnavailable 0, minReadySeconds 5, a deadline and 10 revisions at most",
    check: (inputs) => {
      const spec = record(inputs.spec);
      const { type, rollingUpdate } = record(spec.strategy);
      return [
        ...unless(
          type === "RollingUpdate" && text(record(rollingUpdate).maxUnavailable) === "0",
          mismatch("spec.strategy", spec.strategy, "RollingUpdate with maxUnavailable 0"),
        ),
        ...unless(
          Number(spec.revisionHistoryLimit) <= 10,
          mismatch("spec.revisionHistoryLimit", spec.revisionHistoryLimit, "10 or fewer"),
        ),
        ...unless(
          Number(spec.minReadySeconds) >= 5,
          mismatch("spec.minReadySeconds", spec.minReadySeconds, "5 or more"),
        ),
        ...unless(Number(spec.progressDeadlineSeconds) > 0, "spec.progressDeadlineSeconds: got nothing"),
      ];
    },
    pass: rolling("RollingUpdate"),
    fail: rolling("Recreate"),
  }),
  custom({
    id: "workload-selects-its-pods",
    controls: ["REL-24"],
    severity: "high",
    types: servingTypes,
    whatToDo: "use labels of the pods as the selector, and none that changes between releases",
    check: (inputs) => {
      const selector = record(read(inputs, "spec.selector.matchLabels"));
      const changing = Object.keys(selector).filter((key) => /version|revision|hash/.test(key));
      if (changing.length > 0)
        return [`spec.selector: got ${changing.join(", ")}; allowed: labels that never change`];
      return unless(
        Object.keys(selector).length > 0 && selects(selector, podTemplate(inputs).labels),
        mismatch("spec.selector", selector, "labels of the pods"),
      );
    },
    pass: { ...workload.inputs },
    fail: {
      metadata,
      spec: { selector: { matchLabels: { app: "other" } }, template: { metadata: { labels } } },
    },
    missing: { metadata, spec: { template: { metadata: { labels } } } },
  }),
  never({
    id: "pod-has-controller",
    controls: ["REL-25"],
    severity: "low",
    types: ["kubernetes:core/v1:Pod"],
    whatToDo: "use a Deployment or a Job: nothing restarts a bare pod",
  }),
  custom({
    id: "job-ends",
    controls: ["REL-26"],
    severity: "medium",
    types: ["kubernetes:batch/v1:Job"],
    whatToDo: "limit retries and run time",
    check: (inputs) => {
      const { backoffLimit, activeDeadlineSeconds } = record(inputs.spec);
      return [
        ...(backoffLimit === undefined ? ["spec.backoffLimit: got nothing"] : []),
        ...unless(Number(activeDeadlineSeconds) > 0, "spec.activeDeadlineSeconds: got nothing"),
      ];
    },
    pass: { spec: { backoffLimit: 3, activeDeadlineSeconds: 900 } },
    fail: { spec: { backoffLimit: 3 } },
  }),
  custom({
    id: "schedule-runs-once",
    controls: ["REL-26"],
    severity: "medium",
    types: ["kubernetes:batch/v1:CronJob"],
    whatToDo: "forbid concurrent runs and set a starting deadline",
    check: (inputs) => {
      const { concurrencyPolicy, startingDeadlineSeconds } = record(inputs.spec);
      return [
        ...unless(
          concurrencyPolicy === "Forbid",
          mismatch("spec.concurrencyPolicy", concurrencyPolicy, '"Forbid"'),
        ),
        ...unless(Number(startingDeadlineSeconds) > 0, "spec.startingDeadlineSeconds: got nothing"),
      ];
    },
    pass: { spec: { concurrencyPolicy: "Forbid", startingDeadlineSeconds: 300 } },
    fail: { spec: { concurrencyPolicy: "Allow", startingDeadlineSeconds: 300 } },
  }),
];

function rolling(type: string): Plain {
  return {
    spec: {
      strategy: { type, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      revisionHistoryLimit: 5,
      minReadySeconds: 5,
      progressDeadlineSeconds: 600,
    },
  };
}
