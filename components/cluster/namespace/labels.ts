import { platform } from "../../base/core/index.ts";

/** Labels of a selector. They never change, because Kubernetes refuses a change of the selector of a Deployment. */
export function selectorLabels(name: string): Record<string, string> {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": platform.name };
}

/** Labels of an object: those of the selector, and those that may change. */
export function standardLabels(
  name: string,
  labels: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...selectorLabels(name), "app.kubernetes.io/managed-by": "pulumi", ...labels };
}
