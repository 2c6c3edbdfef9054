import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../base/core/index.ts";
import { changesSpec, validations } from "./admission-expressions.ts";
import type { AdmissionPolicyArgs } from "./args.ts";
import { imageHostProblems } from "./check.ts";
import { standardLabels } from "./labels.ts";

/**
 * Pods that the API server refuses in a namespace, for every caller: pods with images from other hosts or named by a tag
 * that can move, pods with volumes that can hold an image, and pods that may run as root. It checks pods and not the objects that create them, because every pod
 * passes here.
 *
 * Containers of `kubectl debug` are checked too: push an image for debugging to the image repository first. Pod Security
 * restricted also refuses pods that may run as root, but by a label of the namespace, which can be removed.
 */
export class AdmissionPolicy extends pulumi.ComponentResource {
  /** Workloads wait for it, so that no pod starts before the policy is in force. */
  readonly binding: pulumi.Resource;

  constructor(name: string, args: AdmissionPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:workload:AdmissionPolicy", name, {}, opts);
    refuse(`admission policy "${name}"`, imageHostProblems(args.imageHosts), this);
    const metadata = { name: args.policyName, labels: standardLabels(args.policyName, args.labels) };
    const policy = new k8s.admissionregistration.v1.ValidatingAdmissionPolicy(
      name,
      {
        metadata,
        spec: {
          // A pod is refused when an expression cannot be evaluated.
          failurePolicy: "Fail",
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: [""],
                apiVersions: ["v1"],
                // An update can change the image of a running pod or add a container for debugging.
                operations: ["CREATE", "UPDATE"],
                resources: ["pods", "pods/ephemeralcontainers"],
              },
            ],
          },
          matchConditions: [{ name: "new-or-changed-spec", expression: changesSpec }],
          validations: validations(args.imageHosts),
        },
      },
      { parent: this },
    );
    this.binding = new k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
      name,
      {
        metadata,
        spec: {
          policyName: policy.metadata.name,
          validationActions: ["Deny"],
          // The API server sets this label itself, so nobody can remove it from a namespace.
          matchResources: {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": args.namespace } },
          },
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
