import type * as pulumi from "@pulumi/pulumi";
import { namespace } from "@task-platform/contracts";
import {
  AdmissionPolicy,
  PriorityClasses,
  WorkloadNamespace,
} from "../components/cluster/namespace/index.ts";
import { mostPods } from "./capacity.ts";
import type { Environment } from "./environment.ts";
import type { Platform } from "./platform.ts";

/** What is in the cluster before the first pod of ours. */
export interface Ground {
  readonly namespace: pulumi.Output<string>;
  /** Names of the priority classes. */
  readonly priorities: PriorityClasses["names"];
  /** In force before a pod is made. */
  readonly admission: pulumi.Resource;
}

/** The namespace, who waits when the cluster is full, and what the namespace refuses. */
export function createGround(environment: Environment, { cluster }: Platform): Ground {
  const labels = ownerLabels(environment);
  const opts = { provider: cluster.kubernetesProvider };
  const space = new WorkloadNamespace(
    "tasks",
    { namespace, maxPods: mostPods(environment.spec.workloads), labels },
    opts,
  );
  const priorities = new PriorityClasses("priorities", { prefix: "task-platform", labels }, opts);
  const admission = new AdmissionPolicy(
    "admission",
    {
      policyName: "task-platform-pods",
      namespace: space.namespace,
      imageHosts: registriesOf(environment),
      labels,
    },
    opts,
  );
  return { namespace: space.namespace, priorities: priorities.names, admission: admission.binding };
}

/** Hosts of the images; an account may pull from that of another, so the account alone does not say it. */
function registriesOf({ config }: Environment): string[] {
  const hosts = [config.taskApiImage, config.taskWorkerImage].map((image) => image.split("/")[0] ?? "");
  return [...new Set(hosts)];
}

export function ownerLabels({ spec }: Environment): Record<string, string> {
  return { "app.kubernetes.io/instance": spec.name, owner: spec.tags.owner };
}
