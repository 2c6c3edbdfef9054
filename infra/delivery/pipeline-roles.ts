import * as pulumi from "@pulumi/pulumi";
import { type Choice, choices } from "../../components/delivery/deploy-permissions/index.ts";
import { PipelineRoles, pipelineRolePath } from "../../components/delivery/pipeline-roles/index.ts";
import { masterSecretPrefix } from "../../components/stores/postgres/index.ts";
import type { EnvironmentSpec } from "../../stacks/index.ts";
import { type Environment, featuresOf, regionsOf } from "../environment/index.ts";
import {
  boundaryArn,
  githubProviderArn,
  physicalNames,
  rolePath,
  secretsKeyAlias,
  stateBucketName,
  stateKeyAlias,
  stateRegion,
} from "../names.ts";
import type { Providers } from "../providers.ts";
import { passedRoles } from "./passed-roles.ts";

/**
 * Gives every role that the program creates from here on its path and its permissions boundary, whichever block creates it.
 * The deploy role could make a role without a boundary more powerful than itself.
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

/** Features of the environment that the deploy role needs permissions for. */
function choicesOf(spec: EnvironmentSpec): readonly Choice[] {
  const features = featuresOf(spec);
  return choices.filter((choice) => Boolean(features[choice]));
}

/** The roles that GitHub Actions assumes: preview for pull requests, deploy from the GitHub environment of the same name. */
export function createPipelineRoles(environment: Environment, providers: Providers): void {
  const { spec, config } = environment;
  const { accountId } = config;
  const { database, kafka, prefix } = physicalNames(environment);
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
      passes: passedRoles(environment),
      kafkaClusterName: kafka,
      ...(config.kafkaSourceClusterArn ? { sourceClusterArn: config.kafkaSourceClusterArn } : {}),
      rolePrefix: `${prefix}-github`,
      permissionsBoundaryArn: boundaryArn(accountId),
      stateBucketArn: `arn:aws:s3:::${stateBucketName(accountId, stateRegion)}`,
      stateKeyAliases: [stateKeyAlias, secretsKeyAlias(spec.name)],
      providerArn: githubProviderArn(accountId),
    },
    { providers: providers.all },
  );
}
