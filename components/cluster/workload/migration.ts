import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { standardLabels } from "../namespace/index.ts";
import { leavesDeadNodes } from "../node-pools/index.ts";
import type { MigrationArgs } from "./args.ts";
import { createNetworkPolicy } from "./network-policy.ts";
import { podSecurityContext, temporaryVolume, toContainer } from "./pod.ts";

/** Minutes that all tries of a migration may take together. */
const deadlineMinutes = 15;

/** A Job that migrates the database to the version of its image. Workloads wait for it. */
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
    const policy = createNetworkPolicy(name, metadata, { ...args, ingress: [] }, this);
    const run = createHash("sha256").update(args.image).digest("hex").slice(0, 8);
    const resources = {
      // The request equals the limit, because an evicted migration loses one of its tries.
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "500m", memory: "256Mi" },
    };
    this.job = new k8s.batch.v1.Job(
      `${name}-${run}`,
      {
        metadata: { ...metadata, name: `${args.workloadName}-${run}` },
        spec: {
          // A migration can be repeated, and three more tries take longer than a failover of the database.
          backoffLimit: 3,
          activeDeadlineSeconds: deadlineMinutes * 60,
          template: {
            metadata: { labels },
            spec: {
              restartPolicy: "Never",
              serviceAccountName: account.metadata.name,
              priorityClassName: args.priorityClass,
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              tolerations: [...leavesDeadNodes],
              securityContext: podSecurityContext,
              containers: [toContainer({ ...args, resources })],
              volumes: [temporaryVolume],
            },
          },
        },
      },
      // No time to live: the next deploy would create again a Job that the cluster has removed.
      {
        parent: this,
        dependsOn: [...args.waitFor, policy],
        // A minute more than its deadline, so that Kubernetes says what failed. The provider would wait 10 minutes.
        customTimeouts: { create: `${deadlineMinutes + 1}m` },
      },
    );
    this.registerOutputs({});
  }
}
