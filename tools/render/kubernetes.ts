import { yamlText } from "../../components/base/core/index.ts";
import { maskPaths, type Plan, type PlannedResource } from "../plan/index.ts";

/** A manifest as a file. */
export interface ManifestFile {
  /** Begins with its place in the order, so that `kubectl apply -f` on the folder keeps it. */
  readonly name: string;
  readonly text: string;
}

/** Kinds that others depend on come first, where the plan states no order. */
const ranks = [
  "Namespace",
  "PriorityClass",
  "CustomResourceDefinition",
  "StorageClass",
  "ResourceQuota",
  "LimitRange",
  "NetworkPolicy",
  "ServiceAccount",
  "Secret",
  "ConfigMap",
] as const;

const chartTypes: ReadonlySet<string> = new Set([
  "kubernetes:helm.sh/v3:Release",
  "kubernetes:helm.sh/v4:Chart",
]);

/** The Kubernetes objects of a plan, one file each, in an order that can be applied; secrets are masked. */
export function kubernetesFiles(plan: Plan): readonly ManifestFile[] {
  const objects = inOrder(plan.resources.filter(isManifest));
  const width = Math.max(3, String(objects.length).length);
  return objects.map((object, index) => ({
    name: `${String(index + 1).padStart(width, "0")}-${fileName(object)}.yaml`,
    text: yamlText(maskPaths(object.inputs, object.secretInputs)),
  }));
}

/** Charts, whose objects only Helm knows: one line each. */
export function kubernetesLeftOut(plan: Plan): readonly string[] {
  return plan.resources
    .filter(({ type }) => chartTypes.has(type))
    .map(({ type, name, inputs }) => `${type} ${name}: ${String(inputs.chart)} is rendered by Helm alone`);
}

function isManifest({ type, custom }: PlannedResource): boolean {
  return custom && type.startsWith("kubernetes:") && !chartTypes.has(type);
}

function kindOf({ inputs, type }: PlannedResource): string {
  return typeof inputs.kind === "string" ? inputs.kind : (type.split(":").at(-1) ?? type);
}

/** Dependencies first, then by rank, then by name. */
function inOrder(objects: readonly PlannedResource[]): readonly PlannedResource[] {
  const rank = (object: PlannedResource): number => {
    const place = (ranks as readonly string[]).indexOf(kindOf(object));
    return place === -1 ? ranks.length : place;
  };
  const waiting = objects.toSorted((a, b) => rank(a) - rank(b) || (a.urn < b.urn ? -1 : 1));
  const ordered: PlannedResource[] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({ urn }) => urn));
    // A plan has no cycle, so one object is always free; the first free one comes next.
    const next = waiting.findIndex(({ options }) => !options.dependencies.some((urn) => open.has(urn)));
    ordered.push(...waiting.splice(Math.max(next, 0), 1));
  }
  return ordered;
}

function fileName(object: PlannedResource): string {
  const metadata = object.inputs.metadata as { readonly name?: unknown } | undefined;
  const name = typeof metadata?.name === "string" ? metadata.name : object.name;
  return `${kindOf(object)}-${name}`.toLowerCase().replace(/[^a-z0-9.-]+/g, "-");
}
