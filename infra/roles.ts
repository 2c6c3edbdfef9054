import * as pulumi from "@pulumi/pulumi";
import type { Choice } from "../components/delivery/deploy-permissions/index.ts";
import { PipelineRoles, pipelineRolePath } from "../components/delivery/pipeline-roles/index.ts";
import { masterSecretPrefix } from "../components/stores/postgres/index.ts";
import type { EnvironmentSpec } from "../stacks/index.ts";
import type { Environment } from "./environment.ts";
import { physicalNames } from "./names.ts";
import type { Providers } from "./providers.ts";
import { regionsOf } from "./recovery.ts";

/** Made by `npm run bootstrap`, once in an account, under the same name everywhere. */
function boundaryArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:policy/task-platform-boundary`;
}

/** Roles of one environment, so that the role that deploys it can be kept to them. */
export function rolePath(environment: string): string {
  return `/task-platform/${environment}/`;
}

/**
 * Gives every role that the program makes from here on its path and its boundary, whatever block makes it: one that is
 * forgotten could be made more powerful than the role that deploys.
 */
export function boundRoles({ spec, config }: Environment): void {
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
    if (type !== "aws:iam/role:Role" || props.path === pipelineRolePath) return undefined;
    return {
      props: { ...props, path: rolePath(spec.name), permissionsBoundary: boundaryArn(config.accountId) },
      opts,
    };
  });
}

/** What the program of a page makes that not every page does: the role that deploys it may touch nothing else. */
export function choicesOf(spec: EnvironmentSpec): readonly Choice[] {
  const { cluster, edge, firewall, issuer, kafka, network, postgres, operations } = spec;
  // A secondary has the settings of CloudFront and makes none (infra/distribution.ts).
  const distribution = edge.failover === "secondary" ? "none" : spec.distribution;
  const made: Readonly<Record<Choice, boolean>> = {
    audit: operations.audit !== "elsewhere",
    backups: operations.backups !== "none",
    distribution: distribution !== "none",
    eventCopies: kafka.replication !== "none",
    images: operations.images !== "elsewhere",
    issuer: issuer !== "external",
    logArchive: cluster.logArchiveDays > 0,
    masterPassword: postgres.masterPassword === "own",
    publicAccessBlock: network.publicAccessBlock !== "elsewhere",
    shield: [firewall, ...(distribution === "none" ? [] : [distribution])].some(
      ({ shield }) => shield === "advanced",
    ),
  };
  return (Object.keys(made) as Choice[]).filter((choice) => made[choice]);
}

/** What pipelines may do here: look at pull requests, and deploy from the environment of the same name. */
export function createPipelineRoles(environment: Environment, providers: Providers): void {
  const { spec, config } = environment;
  const { accountId } = config;
  const { database, prefix } = physicalNames(environment);
  new PipelineRoles(
    "github",
    {
      repository: config.githubRepository,
      environment: spec.name,
      accountId,
      regions: regionsOf(spec),
      makes: choicesOf(spec),
      hostedZoneId: config.hostedZoneId,
      writtenSecrets: masterSecretPrefix(database),
      rolePath: rolePath(spec.name),
      rolePrefix: `${prefix}-github`,
      permissionsBoundaryArn: boundaryArn(accountId),
      stateBucketArn: `arn:aws:s3:::task-platform-state-${accountId}-us-east-1`,
      stateKeyAliases: ["alias/task-platform-state", `alias/task-platform-${spec.name}`],
      providerArn: `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`,
    },
    { providers: providers.all },
  );
}
