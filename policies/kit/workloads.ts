import { custom, type RuleHead } from "./rule.ts";
import type { Resource, Rule, Stack } from "./types.ts";
import { join, list, type Plain, read, record, text } from "./values.ts";

/** Kinds that run pods; a Rollout has the shape of a Deployment. */
export const workloadTypes = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:batch/v1:Job",
  "kubernetes:batch/v1:CronJob",
  "kubernetes:argoproj.io/v1alpha1:Rollout",
] as const;

/** Kinds that serve requests or messages for as long as they run. */
export const servingTypes = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:argoproj.io/v1alpha1:Rollout",
] as const;

/** The pod that a workload makes: its labels and its spec. */
export function podTemplate(inputs: Plain): { readonly labels: Plain; readonly spec: Plain } {
  const template = record(read(inputs, "spec.template") ?? read(inputs, "spec.jobTemplate.spec.template"));
  return { labels: record(read(template, "metadata.labels")), spec: record(template.spec) };
}

/** A container, with the path a message names it by. */
export interface Container {
  readonly at: string;
  readonly spec: Plain;
}

export function containersOf(inputs: Plain): readonly Container[] {
  const { spec } = podTemplate(inputs);
  return ["containers", "initContainers", "ephemeralContainers"].flatMap((kind) =>
    list(spec[kind]).map((one, index) => {
      const container = record(one);
      return { at: text(container.name) || `${kind}[${index}]`, spec: container };
    }),
  );
}

/** Namespace of an object, empty when it is not named. */
export function namespaceOf({ inputs }: Pick<Resource, "inputs">): string {
  return text(read(inputs, "metadata.namespace"));
}

export function nameOfObject({ inputs, name }: Pick<Resource, "inputs" | "name">): string {
  return text(read(inputs, "metadata.name")) || name;
}

/** Whether labels match a selector; an empty selector matches all. */
export function selects(selector: Plain, labels: Plain): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** A Deployment around a pod for examples. */
export function deployment(pod: Plain, container?: Plain): Plain {
  const spec = container === undefined ? pod : { ...pod, containers: [{ name: "api", ...container }] };
  return { metadata: { name: "api", namespace: "tasks" }, spec: { template: { spec } } };
}

/** Namespaces with workloads of this program. */
export function namespacesOf(stack: Stack): readonly string[] {
  return [...new Set(stack.of(...workloadTypes).map(namespaceOf))];
}

/** A Deployment in the namespace "tasks" for examples. */
export function workloadNamed(name: string) {
  return {
    type: "kubernetes:apps/v1:Deployment",
    name: "workload",
    inputs: {
      metadata: { name, namespace: "tasks" },
      spec: { template: { metadata: { labels: { app: name } }, spec: { serviceAccountName: name } } },
    },
  };
}

interface WorkloadRule extends RuleHead {
  /** @default every kind that runs pods */
  readonly types?: readonly [string, ...string[]];
  /** @default "wrong" */
  readonly missingIs?: "wrong" | "right";
}

interface PodRule extends WorkloadRule {
  readonly wrong: (pod: Plain) => string | undefined;
  readonly pass: Plain;
  readonly fail: Plain;
  readonly rest?: Plain;
}

/** A rule about the spec of every pod. */
export function podRule(rule: PodRule): Rule {
  return custom({
    ...rule,
    types: rule.types ?? workloadTypes,
    check: (inputs) => {
      const wrong = rule.wrong(podTemplate(inputs).spec);
      return wrong === undefined ? [] : [wrong];
    },
    pass: deployment(join(rule.rest ?? {}, rule.pass)),
    fail: deployment(join(rule.rest ?? {}, rule.fail)),
    missing: deployment(rule.rest ?? {}),
  });
}

interface ContainerRule extends WorkloadRule {
  /** What is wrong with a container. It also gets the pod, whose settings containers inherit. */
  readonly wrong: (container: Plain, pod: Plain) => string | undefined;
  readonly pass: Plain;
  readonly fail: Plain;
  readonly rest?: Plain;
}

/** A rule about every container, init containers included. */
export function containerRule(rule: ContainerRule): Rule {
  return custom({
    ...rule,
    types: rule.types ?? workloadTypes,
    check: (inputs) => {
      const { spec } = podTemplate(inputs);
      return containersOf(inputs).flatMap(({ at, spec: container }) => {
        const wrong = rule.wrong(container, spec);
        return wrong === undefined ? [] : [`container ${at}: ${wrong}`];
      });
    },
    pass: deployment({}, join(rule.rest ?? {}, rule.pass)),
    fail: deployment({}, join(rule.rest ?? {}, rule.fail)),
    missing: deployment({}, rule.rest ?? {}),
  });
}
