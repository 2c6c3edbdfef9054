import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../base/core/index.ts";
import { type Controller, charts, createController } from "../charts/index.ts";
import { WorkloadNamespace } from "../namespace/index.ts";
import { createNetworkPolicy } from "../workload/index.ts";
import type { ExternalSecretsArgs } from "./args.ts";
import { externalSecretsProblems } from "./check.ts";
import { externalSecretsStatements } from "./statements.ts";
import { createStore } from "./store.ts";
import { controllerValues, mostPods } from "./values.ts";

/**
 * Copies secrets from Secrets Manager into one namespace, where pods mount them as files (External Secrets Operator).
 *
 * Guarantees: the controller reads the named secrets and no other, and its role in the cluster covers that one namespace;
 * it runs in a namespace of its own that refuses privileged pods, and calls only what `egress` lists. It runs without its
 * webhook, which would be one more way into the API server and would check only what this program writes.
 *
 * The program contains no secret value. A pod waits until its Secret exists, which is once the secret has a value. A
 * changed value reaches the pods after at most 15 minutes and the minute of the kubelet.
 */
export class ExternalSecrets extends pulumi.ComponentResource {
  /** Role of the controller; it needs permission to read the secrets. */
  readonly roleArn: pulumi.Output<string>;

  /** An external secret waits for it, because the chart brings its kind. */
  readonly store: pulumi.Resource;

  constructor(name: string, args: ExternalSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:addons:ExternalSecrets", name, {}, opts);
    refuse(`external secrets "${name}"`, externalSecretsProblems(args), this);

    const namespace = createOwnNamespace(name, args, this);
    const { podIdentity, release } = installController(name, args, namespace, this);
    this.store = createStore(name, args, release, this);
    this.roleArn = podIdentity.roleArn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

function createOwnNamespace(
  name: string,
  args: ExternalSecretsArgs,
  parent: ExternalSecrets,
): WorkloadNamespace {
  const { chart, namespace } = charts.externalSecrets;
  const own = new WorkloadNamespace(
    name,
    { namespace, maxPods: mostPods, kubernetesVersion: args.kubernetesVersion, labels: args.labels },
    { parent, provider: args.kubernetesProvider },
  );
  createNetworkPolicy(
    name,
    { name: chart, namespace: own.namespace, labels: { ...args.labels } },
    { workloadName: chart, ingress: args.ingress, egress: args.egress },
    own,
  );
  return own;
}

function installController(
  name: string,
  args: ExternalSecretsArgs,
  ownNamespace: WorkloadNamespace,
  parent: ExternalSecrets,
): Controller {
  return createController(
    name,
    {
      ...args,
      chart: charts.externalSecrets,
      statements: externalSecretsStatements(args),
      values: { ...controllerValues, scopedNamespace: args.namespace },
      waitFor: [ownNamespace, ...args.waitFor],
    },
    parent,
  );
}
