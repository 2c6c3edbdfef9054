import type * as pulumi from "@pulumi/pulumi";
import { namespace } from "@task-platform/contracts";
import { platform } from "../../components/base/core/index.ts";
import {
  AdmissionPolicy,
  PriorityClasses,
  WorkloadNamespace,
} from "../../components/cluster/namespace/index.ts";
import { type Environment, mostPods } from "../environment/index.ts";
import { type ImageKey, imageRepositories } from "../names.ts";
import type { Platform } from "../platform/index.ts";

/** What must exist in the cluster before the first pod of the platform. */
export interface Namespace {
  readonly name: pulumi.Output<string>;
  /** Names of the priority classes. */
  readonly priorities: PriorityClasses["names"];
  /** In force before a pod is created: the admission policy, the quota, and the policy that refuses all traffic. */
  readonly guards: readonly pulumi.Resource[];
}

/** The namespace with its quota, the priority classes, and the admission policy of the namespace. */
export function createNamespace(environment: Environment, { cluster }: Platform): Namespace {
  const labels = ownerLabels(environment);
  const opts = { provider: cluster.kubernetesProvider };
  const tasks = new WorkloadNamespace(
    "tasks",
    {
      namespace,
      maxPods: mostPods(environment.spec),
      kubernetesVersion: environment.spec.cluster.version,
      labels,
    },
    opts,
  );
  const priorities = new PriorityClasses("priorities", { prefix: platform.name, labels }, opts);
  const admission = new AdmissionPolicy(
    "admission",
    {
      policyName: `${platform.name}-pods`,
      namespace: tasks.namespace,
      imageHosts: imageHosts(environment),
      labels,
    },
    opts,
  );
  return { name: tasks.namespace, priorities: priorities.names, guards: [admission.binding, tasks] };
}

/** The checks have made sure that all images are in the registry of this account and region. */
function imageHosts({ config }: Environment): string[] {
  return [
    ...new Set((Object.keys(imageRepositories) as ImageKey[]).map((key) => config[key].split("/")[0] ?? "")),
  ];
}

export function ownerLabels({ spec }: Environment): Record<string, string> {
  return { "app.kubernetes.io/instance": spec.name, owner: spec.tags.owner };
}
