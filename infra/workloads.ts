import type * as pulumi from "@pulumi/pulumi";
import {
  entryPoints,
  namespace,
  ports,
  probePaths,
  type WorkloadName,
  workloads,
} from "@task-platform/contracts";
import type { Urgency } from "../components/cluster/namespace/index.ts";
import { nodePoolLabel } from "../components/cluster/node-pools/index.ts";
import { PodIdentity } from "../components/cluster/pod-identity/index.ts";
import { Migration, type Traffic, Workload } from "../components/cluster/workload/index.ts";
import {
  apiStatements,
  migrationStatements,
  processorStatements,
  relayStatements,
  type Statements,
} from "./access.ts";
import { mostReplicas, poolOf, type WorkloadKey } from "./capacity.ts";
import {
  apiVariables,
  migrationVariables,
  processorVariables,
  relayVariables,
  shutdownGraceMs,
  type Variables,
} from "./containers.ts";
import type { Data } from "./data.ts";
import type { Environment } from "./environment.ts";
import { createGround, type Ground, ownerLabels } from "./ground.ts";
import type { Platform } from "./platform.ts";
import type { Providers } from "./providers.ts";
import { createSecrets, type SecretFiles } from "./secrets.ts";
import { trafficOf } from "./traffic.ts";

/** A load balancer stops sending within ten seconds of a target's end. */
const apiPreStopSeconds = 10;

/** Who waits when the cluster is full. */
const urgencyOf: Readonly<Record<WorkloadKey, Urgency>> = {
  api: "api",
  relay: "worker",
  processor: "worker",
};

/** Five more than both together, for the process to be gone before it is killed. */
function graceSeconds(preStopSeconds: number): number {
  return preStopSeconds + shutdownGraceMs / 1000 + 5;
}

/** Seconds that pods of the API are given to stop. */
export const apiGraceSeconds = graceSeconds(apiPreStopSeconds);

/** Everything a workload is made of, beside its page. */
interface Definition {
  readonly name: WorkloadName;
  readonly image: string;
  readonly args: readonly string[];
  readonly env: Variables;
  readonly statements: Statements;
  readonly ingress: readonly Traffic[];
  readonly egress: readonly Traffic[];
}

interface RunningDefinition extends Definition {
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  /** Pause before the end signal. */
  readonly preStopSeconds: number;
  readonly secretFiles?: SecretFiles;
}

/** What the functions below share. */
interface Context {
  readonly environment: Environment;
  readonly platform: Platform;
  readonly data: Data;
  readonly providers: Providers;
  readonly ground: Ground;
  readonly secretFiles: SecretFiles;
}

/** Deployments by the key of the page. */
export type Deployments = Readonly<Record<WorkloadKey, Workload>>;

/** Namespace, priorities, migration and the workloads that wait for it. */
export function createWorkloads(
  environment: Environment,
  platform: Platform,
  data: Data,
  providers: Providers,
): Deployments {
  const ground = createGround(environment, platform);
  const context: Context = {
    environment,
    platform,
    data,
    providers,
    ground,
    secretFiles: createSecrets(environment, platform, ground.namespace, providers),
  };
  const migration = createMigration(context);
  const create = (key: WorkloadKey, definition: RunningDefinition): Workload =>
    createWorkload(context, key, definition, migration);
  return {
    api: create("api", apiDefinition(context)),
    relay: create("relay", relayDefinition(context)),
    processor: create("processor", processorDefinition(context)),
  };
}

function apiDefinition({ environment, platform, data }: Context): RunningDefinition {
  const traffic = trafficOf(environment);
  return {
    name: workloads.api,
    image: environment.config.taskApiImage,
    args: entryPoints.api,
    env: apiVariables(environment, platform, data),
    statements: apiStatements(environment, data),
    ports: [
      { name: "http", port: ports.http },
      { name: "grpc", port: ports.grpc },
    ],
    preStopSeconds: apiPreStopSeconds,
    ingress: [traffic.fromLoadBalancer, traffic.fromCollector],
    egress: [traffic.toPostgres, traffic.toCache, traffic.toPodIdentity, traffic.toInternet],
  };
}

function relayDefinition({ environment, data, secretFiles }: Context): RunningDefinition {
  return {
    name: workloads.relay,
    image: environment.config.taskWorkerImage,
    args: entryPoints.relay,
    env: relayVariables(environment, data),
    statements: relayStatements(environment, data),
    secretFiles,
    ...workerTraffic(environment),
  };
}

function processorDefinition({ environment, data, secretFiles }: Context): RunningDefinition {
  return {
    name: workloads.processor,
    image: environment.config.taskWorkerImage,
    args: entryPoints.processor,
    env: processorVariables(environment, data),
    statements: processorStatements(environment, data),
    secretFiles,
    ...workerTraffic(environment),
  };
}

/** Nobody calls a worker but who reads its metrics: no service, and nobody who must stop sending first. */
function workerTraffic(environment: Environment) {
  const traffic = trafficOf(environment);
  return {
    ports: [],
    preStopSeconds: 1, // The least every supported minor takes.
    ingress: [traffic.fromCollector],
    egress: [
      traffic.toPostgres,
      traffic.toKafka,
      traffic.toSchemaRegistry,
      traffic.toPodIdentity,
      traffic.toInternet,
    ],
  };
}

function createMigration(context: Context): Migration {
  const { environment, platform, data } = context;
  const traffic = trafficOf(environment);
  const definition: Definition = {
    name: workloads.migrate,
    image: environment.config.taskApiImage,
    args: entryPoints.migrate,
    env: migrationVariables(environment, data),
    statements: migrationStatements(environment, platform, data),
    ingress: [],
    egress: [traffic.toPostgres, traffic.toEndpoints, traffic.toPodIdentity, traffic.toInternet],
  };
  const identity = createIdentity(context, definition);
  return new Migration(
    definition.name,
    {
      ...containerOf(context, definition),
      image: definition.image,
      egress: definition.egress,
      priorityClass: context.ground.priorities.batch,
      waitFor: [identity, context.ground.admission, ...podsReady(platform)],
    },
    { provider: platform.cluster.kubernetesProvider },
  );
}

function createWorkload(
  context: Context,
  key: WorkloadKey,
  definition: RunningDefinition,
  migration: Migration,
): Workload {
  const { environment, platform } = context;
  const { spec } = environment;
  const identity = createIdentity(context, definition);
  const maxConsumers = mostReplicas[key];
  return new Workload(
    definition.name,
    {
      ...containerOf(context, definition),
      image: definition.image,
      settings: spec.workloads[key],
      ports: definition.ports,
      adminPort: ports.admin,
      probePaths,
      preStopSeconds: definition.preStopSeconds,
      graceSeconds: graceSeconds(definition.preStopSeconds),
      nodePool: { label: nodePoolLabel, value: poolOf[key] },
      priorityClass: context.ground.priorities[urgencyOf[key]],
      zones: spec.network.zones.length,
      ...(maxConsumers === undefined ? {} : { maxConsumers }),
      ingress: definition.ingress,
      egress: definition.egress,
      secretFolders: definition.secretFiles?.folders ?? {},
      // An older schema would answer with errors until the migration is through.
      waitFor: [
        identity,
        migration.job,
        context.ground.admission,
        ...(definition.secretFiles?.ready ?? []),
        ...podsReady(platform),
      ],
    },
    { provider: platform.cluster.kubernetesProvider },
  );
}

/** Without nodes a pod waits; without the agent it starts with no credentials and never gets any. */
function podsReady({ cluster }: Platform): pulumi.Resource[] {
  return [...cluster.podIdentityReady, ...cluster.nodesReady];
}

function createIdentity({ environment, platform, providers }: Context, definition: Definition): PodIdentity {
  return new PodIdentity(
    definition.name,
    {
      clusterName: platform.cluster.clusterName,
      clusterArn: platform.cluster.clusterArn,
      accountId: environment.config.accountId,
      namespace,
      serviceAccount: definition.name,
      statements: definition.statements,
    },
    { providers: providers.all },
  );
}

function containerOf(context: Context, definition: Definition) {
  return {
    workloadName: definition.name,
    namespace: context.ground.namespace,
    args: definition.args,
    env: definition.env as Readonly<Record<string, pulumi.Input<string>>>,
    labels: {
      ...ownerLabels(context.environment),
      "app.kubernetes.io/component": definition.name.replace(/^task-/, ""),
      // Twelve digits tell images apart, as in the tools that show them.
      "app.kubernetes.io/version": (definition.image.split("@sha256:")[1] ?? "").slice(0, 12),
    },
  };
}
