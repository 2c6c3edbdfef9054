import { type Inputs, inside, itemsOf, type Model } from "../model.ts";
import type { Inside, Pod } from "../types.ts";
import { nodesOf, onNodes, poolLabel, systemPool } from "./nodes.ts";

/** A group of equal pods of the plan. */
export interface PodPlace {
  readonly place: Inside & { readonly pod: Pod };
  readonly serviceAccount: string;
  /** Values of the variables of its containers, by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** Number by name. */
  readonly ports: Readonly<Record<string, number>>;
}

/** Deployments and jobs of the program. */
export function podsOf(model: Model): readonly PodPlace[] {
  return [...model.all("kubernetes:apps/v1:Deployment"), ...model.all("kubernetes:batch/v1:Job")].map(
    ({ inputs }) => {
      const metadata = inside(inputs, "metadata");
      const template = inside(inputs, "spec", "template");
      const spec = inside(template, "spec");
      const containers = itemsOf(spec, "containers");
      const labels = inside(template, "metadata", "labels");
      const name = String(labels["app.kubernetes.io/name"] ?? metadata.name);
      return {
        place: onNodes(model, name, inside(spec, "nodeSelector")[poolLabel] ?? anyPool(model), {
          namespace: String(metadata.namespace),
          labels,
        }),
        serviceAccount: String(spec.serviceAccountName),
        variables: pairs(
          containers.flatMap((one) => itemsOf(one, "env")),
          "value",
        ),
        ports: pairs(
          containers.flatMap((one) => itemsOf(one, "ports")),
          "containerPort",
        ),
      };
    },
  );
}

/** A pod without a selector may be on any pool that has no taint. All pools have the same groups and subnets. */
function anyPool(model: Model): string {
  return Object.keys(nodesOf(model)).find((pool) => pool !== systemPool) ?? systemPool;
}

function pairs<T>(items: readonly Inputs[], value: string): Record<string, T> {
  return Object.fromEntries(items.map((item) => [String(item.name), item[value] as T]));
}

/** Pods of a chart, by its name. Charts label their pods with it, and each says where they run. */
export function chartPods(model: Model): Readonly<Record<string, Inside & { readonly pod: Pod }>> {
  return Object.fromEntries(
    model.all("kubernetes:helm.sh/v3:Release").map(({ inputs }) => {
      const [chart, values] = [String(inputs.chart), inside(inputs, "values")];
      const labels = { "app.kubernetes.io/name": chart, ...inside(values, "podLabels") };
      const pool = inside(values, "nodeSelector")[poolLabel];
      return [chart, onNodes(model, chart, pool, { namespace: String(inputs.namespace), labels })];
    }),
  );
}

/** Pods of an add-on of EKS in its namespace. The add-ons run on the system nodes. */
export function addonPods(model: Model, name: string, label: string): Inside & { readonly pod: Pod } {
  return onNodes(model, name, systemPool, { namespace: "kube-system", labels: { "k8s-app": label } });
}
