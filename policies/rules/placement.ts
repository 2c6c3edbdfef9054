import { custom, hardened, never, overStack } from "../rule.ts";
import type { Rule } from "../types.ts";
import { list, type Plain, read, record, show, text } from "../values.ts";
import {
  deployment,
  nameOfObject,
  podRule,
  podTemplate,
  selects,
  servingTypes,
  workloadTypes,
} from "../workloads.ts";
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
        : `topologySpreadConstraints: got ${show(topologySpreadConstraints)}; allowed: one over zones`;
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
      "name a priority class, the API above the workers above jobs: a full cluster must drop the right pod",
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
    whatToDo:
      "make the class, or name one that is made: the API server refuses pods of a class it does not know",
    check: (stack) => {
      const made = stack.of(priorityClass).map(nameOfObject);
      return stack
        .of(...workloadTypes)
        .map((resource) => ({ resource, got: text(podTemplate(resource.inputs).spec.priorityClassName) }))
        .filter(({ got }) => got !== "" && !got.startsWith("system-") && !made.includes(got))
        .map(({ resource, got }) => ({
          resource,
          message: `priorityClassName: got ${show(got)}; allowed: ${made.join(", ") || "a class, once there is one"}`,
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
      "give it a value above 0 and leave the default of the cluster: what names no class must not rise above it",
    check: (inputs) => [
      ...(Number(inputs.value) > 0 ? [] : [`value: got ${show(inputs.value)}; allowed: above 0`]),
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
        ...(type === "RollingUpdate" && text(record(rollingUpdate).maxUnavailable) === "0"
          ? []
          : [`spec.strategy: got ${show(spec.strategy)}; allowed: RollingUpdate with maxUnavailable 0`]),
        ...(Number(spec.revisionHistoryLimit) <= 10
          ? []
          : [`spec.revisionHistoryLimit: got ${show(spec.revisionHistoryLimit)}; allowed: 10 or fewer`]),
        ...(Number(spec.minReadySeconds) >= 5
          ? []
          : [`spec.minReadySeconds: got ${show(spec.minReadySeconds)}; allowed: 5 or more`]),
        ...(Number(spec.progressDeadlineSeconds) > 0 ? [] : ["spec.progressDeadlineSeconds: got nothing"]),
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
    whatToDo: "make the selector a part of the labels of the pods, without anything that changes",
    check: (inputs) => {
      const selector = record(read(inputs, "spec.selector.matchLabels"));
      const changing = Object.keys(selector).filter((key) => /version|revision|hash/.test(key));
      if (changing.length > 0)
        return [`spec.selector: got ${changing.join(", ")}; allowed: labels that never change`];
      return Object.keys(selector).length > 0 && selects(selector, podTemplate(inputs).labels)
        ? []
        : [`spec.selector: got ${show(selector)}; allowed: labels of the pods`];
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
    whatToDo: "make a Deployment or a Job: nobody restarts a bare pod",
  }),
  custom({
    id: "job-ends",
    controls: ["REL-26"],
    severity: "medium",
    types: ["kubernetes:batch/v1:Job"],
    whatToDo: "bound tries and time",
    check: (inputs) => {
      const { backoffLimit, activeDeadlineSeconds } = record(inputs.spec);
      return [
        ...(backoffLimit === undefined ? ["spec.backoffLimit: got nothing"] : []),
        ...(Number(activeDeadlineSeconds) > 0 ? [] : ["spec.activeDeadlineSeconds: got nothing"]),
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
    whatToDo: "forbid two at once and give the start a deadline",
    check: (inputs) => {
      const { concurrencyPolicy, startingDeadlineSeconds } = record(inputs.spec);
      return [
        ...(concurrencyPolicy === "Forbid"
          ? []
          : [`spec.concurrencyPolicy: got ${show(concurrencyPolicy)}; allowed: "Forbid"`]),
        ...(Number(startingDeadlineSeconds) > 0 ? [] : ["spec.startingDeadlineSeconds: got nothing"]),
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
