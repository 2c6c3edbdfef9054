import type * as pulumi from "@pulumi/pulumi";
import { namespace, ports, probePaths } from "@task-platform/contracts";
import type { StatementInput } from "../../components/base/core/index.ts";
import { nodePoolLabel } from "../../components/cluster/node-pools/index.ts";
import { PodIdentity } from "../../components/cluster/pod-identity/index.ts";
import { Migration, Workload } from "../../components/cluster/workload/index.ts";
import type { Data } from "../data/index.ts";
import { type Environment, graceSeconds, settingsOf } from "../environment/index.ts";
import type { Platform } from "../platform/index.ts";
import type { Providers } from "../providers.ts";
import { createNamespace, type Namespace, ownerLabels } from "./namespace.ts";
import type { Container, RoleContext, Variables, WorkloadRole } from "./role.ts";
import { migration as migrationJob } from "./roles/index.ts";
import { createSecrets, type SecretFiles } from "./secrets.ts";
import { roleStatements } from "./statements.ts";
import { trafficOf } from "./traffic.ts";
import { jobVariables, roleVariables } from "./variables.ts";

/** What the functions below share. */
interface Context extends RoleContext {
  readonly providers: Providers;
  readonly namespace: Namespace;
  readonly secretFiles: SecretFiles;
}

/** Deployments by the key of their role. */
export type Deployments = Readonly<Record<string, Workload>>;

/** Namespace, secrets, migration, and the roles that wait for them. */
export function createWorkloads(
  environment: Environment,
  platform: Platform,
  data: Data,
  roles: readonly WorkloadRole[],
  providers: Providers,
): Deployments {
  const space = createNamespace(environment, platform);
  const secretFiles = createSecrets(environment, platform, space.name, providers);
  const context: Context = { environment, platform, data, providers, namespace: space, secretFiles };
  const migration = createMigration(context);
  return Object.fromEntries(roles.map((role) => [role.key, createWorkload(context, role, migration)]));
}

function createMigration(context: Context): Migration {
  const { environment, platform } = context;
  const identity = createPodIdentity(context, migrationJob.name, migrationJob.statements(context));
  return new Migration(
    migrationJob.name,
    {
      ...containerOf(context, migrationJob, jobVariables(migrationJob, context)),
      image: environment.config[migrationJob.image],
      egress: migrationJob.egress(trafficOf(environment)),
      priorityClass: context.namespace.priorities[migrationJob.urgency],
      waitFor: [identity, ...context.namespace.guards, ...podsReady(platform)],
    },
    { provider: platform.cluster.kubernetesProvider },
  );
}

function createWorkload(context: Context, role: WorkloadRole, migration: Migration): Workload {
  const { environment, platform } = context;
  const { spec, config } = environment;
  const identity = createPodIdentity(context, role.name, roleStatements(role, context));
  const traffic = trafficOf(environment);
  const secretFiles = role.secretFiles ? context.secretFiles : { folders: {}, ready: [] };
  return new Workload(
    role.name,
    {
      ...containerOf(context, role, roleVariables(role, context)),
      image: config[role.image],
      settings: settingsOf(spec, role.key),
      ports: role.ports,
      adminPort: ports.admin,
      probePaths,
      preStopSeconds: role.preStopSeconds,
      graceSeconds: graceSeconds(role),
      nodePool: { label: nodePoolLabel, value: role.nodePool },
      priorityClass: context.namespace.priorities[role.urgency],
      zones: spec.network.zones.length,
      ...(role.mostReplicas === undefined ? {} : { maxConsumers: role.mostReplicas }),
      ingress: role.ingress(traffic),
      egress: role.egress(traffic),
      secretFolders: secretFiles.folders,
      // Against an older schema the pods would answer with errors until the migration has ended.
      waitFor: [
        identity,
        migration.job,
        ...context.namespace.guards,
        ...secretFiles.ready,
        ...podsReady(platform),
      ],
    },
    { provider: platform.cluster.kubernetesProvider },
  );
}

/** Without nodes a pod stays pending. Without the Pod Identity agent it starts with no credentials and never gets any. */
function podsReady({ cluster }: Platform): pulumi.Resource[] {
  return [...cluster.podIdentityReady, ...cluster.nodesReady];
}

function createPodIdentity(
  { environment, platform, providers }: Context,
  name: string,
  statements: pulumi.Input<readonly StatementInput[]>,
): PodIdentity {
  return new PodIdentity(
    name,
    {
      clusterName: platform.cluster.clusterName,
      clusterArn: platform.cluster.clusterArn,
      accountId: environment.config.accountId,
      namespace,
      serviceAccount: name,
      statements,
    },
    { providers: providers.all },
  );
}

function containerOf(context: Context, { name, args, image }: Container, variables: Variables) {
  return {
    workloadName: name,
    namespace: context.namespace.name,
    args,
    env: variables as Readonly<Record<string, pulumi.Input<string>>>,
    labels: {
      ...ownerLabels(context.environment),
      "app.kubernetes.io/component": name.replace(/^task-/, ""),
      // Twelve digits of the digest distinguish images, as in the tools that show them.
      "app.kubernetes.io/version": (context.environment.config[image].split("@sha256:")[1] ?? "").slice(
        0,
        12,
      ),
    },
  };
}
