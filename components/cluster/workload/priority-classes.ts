import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { standardLabels } from "./pod.ts";

/** What a pod does, from the most to the least urgent. */
export type Urgency = "api" | "worker" | "batch";

interface Priority {
  readonly value: number;
  readonly preemptionPolicy: "PreemptLowerPriority" | "Never";
  readonly description: string;
}

/**
 * Above 0, which pods without a class have, and far below the two billion of the system's own classes. A thousand
 * between them leaves room for a class that comes later: the value of one cannot be changed.
 */
const priorities: Readonly<Record<Urgency, Priority>> = {
  api: {
    value: 3000,
    // Users wait for an answer; the job it may take the place of is tried again.
    preemptionPolicy: "PreemptLowerPriority",
    description: "Answers users: scheduled first, evicted last.",
  },
  worker: {
    value: 2000,
    // Late work is not lost work: it waits the minutes that a new node takes, and ends nobody's.
    preemptionPolicy: "Never",
    description: "Works on what waits in the outbox or in Kafka: after the API, before jobs.",
  },
  batch: {
    value: 1000,
    preemptionPolicy: "Never",
    description: "Jobs that may wait and are tried again.",
  },
};

export interface PriorityClassesArgs {
  /** Before the names of the classes, which are names of the whole cluster. */
  readonly prefix: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The order in which a full cluster serves pods: who is scheduled first, and whom a node short of memory evicts last.
 * None is the default of the cluster, so what names no class stays below all of them.
 *
 * Value and policy of a class are fixed; a change replaces the class, and pods that run keep the number they began with.
 */
export class PriorityClasses extends pulumi.ComponentResource {
  /** Names, as outputs, because a pod is refused whose class is not there yet. */
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
