import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { createNetworkPolicy, type Traffic } from "./network-policy.ts";
import {
  type ContainerArgs,
  podSecurityContext,
  standardLabels,
  temporaryVolume,
  toContainer,
} from "./pod.ts";

export interface MigrationArgs extends Omit<ContainerArgs, "image" | "resources"> {
  /** Plain, because its hash is in the name: a new image runs the migration again. */
  readonly image: string;
  /** As an output of the namespace, so that everything in it waits for it. */
  readonly namespace: pulumi.Input<string>;
  readonly egress: readonly Traffic[];
  /** Name of the class, as an output of it. */
  readonly priorityClass: pulumi.Input<string>;
  /** What the job waits for that no input shows: its role, nodes to run on. */
  readonly waitFor: readonly pulumi.Resource[];
}

/** A Job that brings the database to the version of its image; workloads wait for it. */
export class Migration extends pulumi.ComponentResource {
  readonly job: k8s.batch.v1.Job;

  constructor(name: string, args: MigrationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:workload:Migration", name, {}, opts);
    const labels = standardLabels(args.workloadName, args.labels);
    const metadata = { name: args.workloadName, namespace: args.namespace, labels };
    const account = new k8s.core.v1.ServiceAccount(
      name,
      { metadata, automountServiceAccountToken: false },
      { parent: this },
    );
    createNetworkPolicy(name, metadata, { ...args, ingress: [] }, this);
    const run = createHash("sha256").update(args.image).digest("hex").slice(0, 8);
    const resources = {
      // As much memory as it may use: an evicted migration costs one of its tries.
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "500m", memory: "256Mi" },
    };
    this.job = new k8s.batch.v1.Job(
      `${name}-${run}`,
      {
        metadata: { ...metadata, name: `${args.workloadName}-${run}` },
        spec: {
          // Migrations are repeatable; three tries outlast a failover of the database.
          backoffLimit: 3,
          activeDeadlineSeconds: 900,
          template: {
            metadata: { labels },
            spec: {
              restartPolicy: "Never",
              serviceAccountName: account.metadata.name,
              priorityClassName: args.priorityClass,
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              securityContext: podSecurityContext,
              containers: [toContainer({ ...args, resources })],
              volumes: [temporaryVolume],
            },
          },
        },
      },
      // No time to live: a job the cluster removed would come back as a difference on the next deploy.
      { parent: this, dependsOn: [...args.waitFor] },
    );
    this.registerOutputs({});
  }
}
