import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../base/core/index.ts";
import { selectorLabels, standardLabels } from "../namespace/index.ts";
import type { Metadata, WorkloadArgs } from "./args.ts";
import { checkWorkloadSettings } from "./check.ts";
import { createDeployment, notAwaited } from "./deployment.ts";
import { createNetworkPolicy } from "./network-policy.ts";
import { createScaling } from "./scaling.ts";

/**
 * A Deployment with everything that keeps it available: autoscaler, disruption budget, spread over zones and hosts,
 * network policy, and its own service account. The autoscaler alone sets the number of replicas.
 *
 * A stopped workload is the same without pods. `replicas` is 0. It has no autoscaler, which needs metrics of running pods
 * and so cannot keep 0, and no disruption budget, which would protect nothing. Service account, pod identity, network policy
 * and Service stay. A start begins like a first deploy, with one replica, the default of Kubernetes; the autoscaler then
 * raises it to the minimum.
 */
export class Workload extends pulumi.ComponentResource {
  readonly deploymentName: pulumi.Output<string>;

  constructor(name: string, args: WorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:workload:Workload", name, {}, opts);
    const { maxConsumers, zones } = args;
    const limits = { zones, ...(maxConsumers === undefined ? {} : { maxConsumers }) };
    refuse(`workload "${name}"`, checkWorkloadSettings(args.settings, limits), this);
    const metadata = {
      name: args.workloadName,
      namespace: args.namespace,
      labels: standardLabels(args.workloadName, args.labels),
    };

    const account = new k8s.core.v1.ServiceAccount(
      name,
      { metadata, automountServiceAccountToken: false },
      { parent: this },
    );
    const policy = createNetworkPolicy(name, metadata, args, this);
    const deployment = createDeployment(name, metadata, args, { account, policy }, this);
    createService(name, metadata, args, this);
    if (args.settings.state === "running") createScaling(name, metadata, args, deployment, this);
    this.deploymentName = deployment.metadata.name;
    this.registerOutputs({ deploymentName: this.deploymentName });
  }
}

function createService(name: string, metadata: Metadata, args: WorkloadArgs, parent: Workload): void {
  if (args.ports.length === 0) return;
  new k8s.core.v1.Service(
    name,
    {
      // A deploy waits for the Deployment. The Service is made first, and would wait ten minutes for pods that may only start
      // after nodes and migration.
      metadata: { ...metadata, annotations: notAwaited },
      spec: {
        type: "ClusterIP",
        // Callers in the cluster reach a pod of their own zone while one is ready, because traffic between zones is paid
        // for twice. If all callers are in one zone, they load only the pods of that zone. The load balancer sends to the
        // addresses of pods, so this does not apply to it. PreferClose is the deprecated name of this value.
        trafficDistribution: "PreferSameZone",
        selector: selectorLabels(args.workloadName),
        ports: args.ports.map(({ name: port, port: number }) => ({
          name: port,
          port: number,
          targetPort: port,
          protocol: "TCP",
        })),
      },
    },
    { parent },
  );
}
