import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { PriorityClassesArgs } from "./args.ts";
import { standardLabels } from "./labels.ts";

/** Kinds of pods, from the most to the least urgent. */
export type Urgency = "api" | "worker" | "batch";

interface Priority {
  readonly value: number;
  readonly preemptionPolicy: "PreemptLowerPriority" | "Never";
  readonly description: string;
}

/**
 * Above 0, the value of pods without a class, and far below the two billion of the system classes. Steps of a thousand
 * leave room for later classes, because the value of a class cannot change.
 */
const priorities: Readonly<Record<Urgency, Priority>> = {
  api: {
    value: 3000,
    // Users wait for an answer, and a job that it evicts is tried again.
    preemptionPolicy: "PreemptLowerPriority",
    description: "Answers users: scheduled first, evicted last.",
  },
  worker: {
    value: 2000,
    // Late work is not lost: it can wait the minutes that a new node takes, so it evicts no other pod.
    preemptionPolicy: "Never",
    description: "Works on what waits in the outbox or in Kafka: after the API, before jobs.",
  },
  batch: {
    value: 1000,
    preemptionPolicy: "Never",
    description: "Jobs that may wait and are tried again.",
  },
};

/**
 * The order in which a full cluster serves pods: which are scheduled first, and which a node short of memory evicts last.
 * No class is the default of the cluster, so pods without a class stay below all of them.
 *
 * Value and policy of a class are fixed: a change replaces the class, and running pods keep the value they started with.
 */
export class PriorityClasses extends pulumi.ComponentResource {
  /** Names as outputs, because the API server refuses a pod whose class does not exist yet. */
  readonly names: Readonly<Record<Urgency, pulumi.Output<string>>>;

  constructor(name: string, args: PriorityClassesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:workload:PriorityClasses", name, {}, opts);
    const create = (urgency: Urgency): pulumi.Output<string> => {
      const className = `${args.prefix}-${urgency}`;
      const { metadata } = new k8s.scheduling.v1.PriorityClass(
        `${name}-${urgency}`,
        {
          metadata: { name: className, labels: standardLabels(className, args.labels) },
          globalDefault: false,
          ...priorities[urgency],
        },
        { parent: this },
      );
      return metadata.name;
    };
    this.names = { api: create("api"), worker: create("worker"), batch: create("batch") };
    this.registerOutputs({ names: this.names });
  }
}
