import type { Metadata, WorkloadArgs } from "./args.ts";

/**
 * Annotations of a stopped workload. Without a pod, neither a Deployment nor a Service ever becomes ready, so a deploy must
 * not wait for them. The autoscaler that is about to go may still own the number of replicas: `patchForce` lets the 0
 * overwrite its value, which would be refused as a conflict otherwise.
 */
export function stoppedAnnotations(args: WorkloadArgs): Pick<Metadata, "annotations"> {
  if (args.settings.state === "running") return {};
  return { annotations: { "pulumi.com/skipAwait": "true", "pulumi.com/patchForce": "true" } };
}
