import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, refuse } from "../../base/core/index.ts";
import { standardLabels } from "./pod.ts";

export interface AdmissionPolicyArgs {
  /** Name of policy and binding, which are names of the whole cluster. */
  readonly policyName: string;
  /** Where it holds, as an output of the namespace. */
  readonly namespace: pulumi.Input<string>;
  /** Hosts that images may come from, such as "111122223333.dkr.ecr.us-east-1.amazonaws.com". */
  readonly imageHosts: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * What the API server itself refuses in a namespace, whoever asks: images from elsewhere or by a tag that may move, and
 * pods that may be root. It holds for pods and not for what makes them: whatever makes a pod, the pod comes by here.
 *
 * Containers of `kubectl debug` count: an image for debugging is pushed to the registry first. Pod Security restricted
 * says the last of the three too; that is a label of the namespace, and this is not.
 */
export class AdmissionPolicy extends pulumi.ComponentResource {
  /** For what must not start before the policy is in force. */
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
          // An expression that cannot be evaluated lets nothing through.
          failurePolicy: "Fail",
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: [""],
                apiVersions: ["v1"],
                // The image of a running pod can be changed, and a container for debugging be added.
                operations: ["CREATE", "UPDATE"],
                resources: ["pods", "pods/ephemeralcontainers"],
              },
            ],
          },
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
          // A label that the API server sets itself: nobody takes it off a namespace.
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

/** Conditions in CEL, each with what a refused request is told. */
function validations(imageHosts: readonly string[]) {
  const allowed = imageHosts.map((host) => `"${host}/"`).join(", ");
  return [
    {
      expression: everyContainer(`[${allowed}].exists(host, c.image.startsWith(host))`),
      message: `images come from ${imageHosts.join(" or ")}`,
    },
    {
      expression: everyContainer('c.image.matches("@sha256:[0-9a-f]{64}$")'),
      message: "images are named by digest: a tag may be another image tomorrow",
    },
    {
      expression: `${isTrue("object.spec", "runAsNonRoot")} && ${everyContainer(`!(${has("c", "runAsNonRoot")}) || c.securityContext.runAsNonRoot`)}`,
      message: "pods set securityContext.runAsNonRoot, and no container takes it back",
    },
  ];
}

/** A condition on `c`, for the containers of every kind; only the first kind is always there. */
function everyContainer(condition: string): string {
  return ["containers", "initContainers", "ephemeralContainers"]
    .map((kind) => `(!has(object.spec.${kind}) || object.spec.${kind}.all(c, ${condition}))`)
    .join(" && ");
}

function has(of: string, key: string): string {
  return `has(${of}.securityContext) && has(${of}.securityContext.${key})`;
}

function isTrue(of: string, key: string): string {
  return `${has(of, key)} && ${of}.securityContext.${key}`;
}

/** A host and nothing else, because it becomes a part of an expression. */
const host = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/;

function imageHostProblems(imageHosts: readonly string[]): Problem[] {
  const wrong = imageHosts.filter((one) => !host.test(one));
  if (imageHosts.length > 0 && wrong.length === 0) return [];
  return [
    {
      argument: "imageHosts",
      given: imageHosts.length === 0 ? "none" : wrong.map((one) => `"${one}"`).join(", "),
      allowed: "hosts, one or more, without scheme and path",
      fix: "give what stands before the first slash of the images",
    },
  ];
}
