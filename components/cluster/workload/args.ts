import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadSettings } from "./settings.ts";

/** Ports, and the address ranges or the pods on the other side. */
export interface Traffic {
  readonly ports: readonly number[];
  readonly cidrs: readonly string[];
  /** Parts of the ranges that stay closed. @default none */
  readonly except?: readonly string[];
  /** Namespaces whose pods are on the other side too. @default none */
  readonly namespaces?: readonly string[];
}

/** Metadata of every object of one workload. */
export interface Metadata {
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly labels: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

/** What workloads and migrations say about their one container. */
export interface ContainerArgs {
  readonly workloadName: string;
  readonly image: pulumi.Input<string>;
  /** Arguments of `node`, run in /app of the image. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, pulumi.Input<string>>>;
  readonly resources: Pick<WorkloadSettings, "requests" | "limits">;
  readonly labels: Readonly<Record<string, string>>;
}

export interface WorkloadArgs extends Omit<ContainerArgs, "resources"> {
  readonly settings: WorkloadSettings;
  /** As an output of the namespace, so that everything in it waits for it. */
  readonly namespace: pulumi.Input<string>;
  /** Ports of the Service; none for a workload that nothing calls. */
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly adminPort: number;
  readonly probePaths: { readonly live: string; readonly ready: string; readonly startup: string };
  /** Seconds from the start of the pre-stop pause to SIGKILL. */
  readonly graceSeconds: number;
  /** Pause before SIGTERM, in which load balancers stop sending. */
  readonly preStopSeconds: number;
  /** The node label that selects the node pool, and its value. */
  readonly nodePool: { readonly label: string; readonly value: string };
  /** Name of the class as an output of it, because the API server refuses a pod whose class does not exist. */
  readonly priorityClass: pulumi.Input<string>;
  readonly zones: number;
  /** For a consumer group: the partitions of its topic. @default no limit */
  readonly maxConsumers?: number;
  readonly ingress: readonly Traffic[];
  readonly egress: readonly Traffic[];
  /** Secrets of the namespace as files: name of the Secret → folder in the container. @default none */
  readonly secretFolders?: Readonly<Record<string, string>>;
  /** What pods wait for that no input shows: a migration, their role, nodes to run on. */
  readonly waitFor: readonly pulumi.Resource[];
}

export interface MigrationArgs extends Omit<ContainerArgs, "image" | "resources"> {
  /** Plain text, because its hash is in the name of the Job: a new image runs the migration again. */
  readonly image: string;
  /** As an output of the namespace, so that everything in it waits for it. */
  readonly namespace: pulumi.Input<string>;
  readonly egress: readonly Traffic[];
  /** Name of the class, as an output of it. */
  readonly priorityClass: pulumi.Input<string>;
  /** What the Job waits for that no input shows: its role, nodes to run on. */
  readonly waitFor: readonly pulumi.Resource[];
}
