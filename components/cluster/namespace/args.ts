import type * as pulumi from "@pulumi/pulumi";

export interface WorkloadNamespaceArgs {
  readonly namespace: string;
  /** The most pods of the namespace at once, including those that rollouts add and those that are still stopping. */
  readonly maxPods: number;
  /** Minor of the cluster, such as "1.36": the version of the pod security standard. */
  readonly kubernetesVersion: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface AdmissionPolicyArgs {
  /** Name of the policy and its binding. Both belong to the whole cluster. */
  readonly policyName: string;
  /** The namespace where the policy applies, as an output of it. */
  readonly namespace: pulumi.Input<string>;
  /** Hosts that images may come from, such as "111122223333.dkr.ecr.us-east-1.amazonaws.com". */
  readonly imageHosts: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

export interface PriorityClassesArgs {
  /** Put before the names of the classes, because they belong to the whole cluster. */
  readonly prefix: string;
  readonly labels: Readonly<Record<string, string>>;
}
