import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { WorkloadNamespaceArgs } from "./args.ts";
import { standardLabels } from "./labels.ts";

/**
 * A namespace that refuses privileged pods and all traffic that no other network policy admits. It limits the number of
 * pods, and allows no Service with a port to the outside.
 */
export class WorkloadNamespace extends pulumi.ComponentResource {
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: WorkloadNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:workload:WorkloadNamespace", name, {}, opts);
    const labels = standardLabels(args.namespace, args.labels);
    const security = podSecurityLabels(args.kubernetesVersion);
    const namespace = new k8s.core.v1.Namespace(
      name,
      {
        metadata: {
          name: args.namespace,
          // The last label makes a rollout wait until the load balancer has its new pods in service.
          labels: { ...labels, ...security, "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
        },
      },
      { parent: this },
    );
    const metadata = (suffix: string) => ({ name: suffix, namespace: namespace.metadata.name, labels });
    new k8s.networking.v1.NetworkPolicy(
      `${name}-default-deny`,
      { metadata: metadata("default-deny"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
      { parent: this },
    );
    new k8s.core.v1.ResourceQuota(
      name,
      {
        metadata: metadata("quota"),
        spec: {
          hard: { pods: String(args.maxPods), "services.loadbalancers": "0", "services.nodeports": "0" },
        },
      },
      { parent: this },
    );
    new k8s.core.v1.LimitRange(
      name,
      {
        metadata: metadata("defaults"),
        spec: {
          limits: [
            {
              type: "Container",
              default: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "512Mi" },
              defaultRequest: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "128Mi" },
            },
          ],
        },
      },
      { parent: this },
    );
    this.namespace = namespace.metadata.name;
    this.registerOutputs({ namespace: this.namespace });
  }
}

/** The standard of the cluster's minor. Without a version it would change by itself when EKS upgrades the control plane. */
function podSecurityLabels(kubernetesVersion: string): Record<string, string> {
  return Object.fromEntries(
    ["enforce", "audit", "warn"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, "restricted"],
      [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetesVersion}`],
    ]),
  );
}
