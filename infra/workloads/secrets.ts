import type * as pulumi from "@pulumi/pulumi";
import { secrets } from "@task-platform/contracts";
import { Secrets } from "../../components/base/secrets/index.ts";
import {
  createExternalSecret,
  ExternalSecrets,
  externalSecretsMetricsPort,
} from "../../components/cluster/external-secrets/index.ts";
import type { SecretsSettings } from "../../stacks/index.ts";
import { type Environment, featuresOf } from "../environment/index.ts";
import { physicalNames, rolePath } from "../names.ts";
import { createRecoveryKey, type Platform, recoveryKeyAlias } from "../platform/index.ts";
import type { Providers } from "../providers.ts";
import { ownerLabels } from "./namespace.ts";
import { trafficOf } from "./traffic.ts";

/** Secrets that pods read as files, and what the pods wait for. */
export interface SecretFiles {
  /** Name of the Secret → folder in the container. */
  readonly folders: Readonly<Record<string, string>>;
  readonly ready: readonly pulumi.Resource[];
}

const schemaRegistry = secrets.schemaRegistry;

/** Logical name of the controller. The name of its AWS role starts with it. */
const controllerName = "secrets-controller";

/**
 * The password of the schema registry. People write it into Secrets Manager. It is replicated to the recovery region, and
 * External Secrets copies it from there into the namespace of the workloads.
 */
export function createSecrets(
  environment: Environment,
  platform: Platform,
  namespace: pulumi.Output<string>,
  providers: Providers,
): SecretFiles {
  const settings = featuresOf(environment.spec).secrets;
  if (settings === undefined) return { folders: {}, ready: [] };
  const owned = settings.owner === environment.spec.name;
  const controller = createController(environment, platform, namespace, providers, settings);
  const made = owned ? createOwn(environment, platform, controller, settings, providers) : [];
  const secret = createExternalSecret(
    "schema-registry",
    {
      namespace,
      secretName: schemaRegistry.key,
      remoteName: remoteName(settings.owner),
      properties: schemaRegistry.properties,
      labels: ownerLabels(environment),
    },
    { provider: platform.cluster.kubernetesProvider, dependsOn: [controller.store, ...made] },
  );
  return { folders: { [schemaRegistry.key]: schemaRegistry.directory }, ready: [secret] };
}

/** The same name in both regions. */
function remoteName(owner: string): string {
  return `${prefixOf(owner)}/${schemaRegistry.key}`;
}

function prefixOf(owner: string): string {
  return physicalNames({ spec: { name: owner } }).prefix;
}

function createController(
  environment: Environment,
  { cluster, keys }: Platform,
  namespace: pulumi.Output<string>,
  providers: Providers,
  { owner }: SecretsSettings,
): ExternalSecrets {
  const { spec, config } = environment;
  const traffic = trafficOf(environment);
  return new ExternalSecrets(
    controllerName,
    {
      clusterName: cluster.clusterName,
      clusterArn: cluster.clusterArn,
      accountId: config.accountId,
      region: spec.region,
      kubernetesVersion: spec.cluster.version,
      kubernetesProvider: cluster.kubernetesProvider,
      namespace,
      secretNames: [remoteName(owner)],
      key:
        owner === spec.name
          ? { arn: keys.arns.secrets }
          : { alias: recoveryKeyAlias(prefixOf(owner), "secrets") },
      labels: ownerLabels(environment),
      ingress: [{ ...traffic.fromCollector, ports: [externalSecretsMetricsPort] }],
      egress: [
        traffic.toApiServer,
        traffic.toPodIdentity,
        spec.network.interfaceEndpoints.includes("secretsmanager") ? traffic.toEndpoints : traffic.toInternet,
      ],
      waitFor: [...cluster.podIdentityReady, ...cluster.nodesReady],
    },
    { providers: providers.all },
  );
}

/** The secret itself. Its readers are the controller here and those of the environments that take over. */
function createOwn(
  environment: Environment,
  { keys }: Platform,
  controller: ExternalSecrets,
  { readBy }: SecretsSettings,
  providers: Providers,
): pulumi.Resource[] {
  const { spec, config } = environment;
  const standbys = readBy.map(
    (name) => `arn:aws:iam::${config.accountId}:role${rolePath(name)}${controllerName}-*`,
  );
  const places = new Secrets(
    "secrets",
    {
      prefix: prefixOf(spec.name),
      accountId: config.accountId,
      region: spec.region,
      removal: spec.removal,
      keyArn: keys.arns.secrets,
      ...(featuresOf(spec).secretsCopied
        ? {
            replica: {
              region: spec.recoveryRegion,
              keyArn: createRecoveryKey(environment, providers, "secrets"),
            },
          }
        : {}),
      secrets: {
        [schemaRegistry.key]: {
          description:
            'User and password of the schema registry, as {"username": "…", "password": "…"}; whoever runs it gives new ones.',
          readers: [controller.roleArn, ...standbys],
        },
      },
    },
    { providers: providers.all },
  );
  return [places];
}
