import { platform } from "../components/base/core/settings.ts";

/** Image of a config key of the stack file, and the repository that it is pushed to. */
export const imageRepositories = { taskApiImage: "task-api", taskWorkerImage: "task-worker" } as const;

export type ImageKey = keyof typeof imageRepositories;

/** The Job that runs the migrations, its service account and its AWS role. It is in the image of the API. */
export const migrationName = "task-migrate";

/** Physical names that others use, or that must be known before the resource exists. Pulumi makes all other names. */
export function physicalNames({ spec }: { readonly spec: { readonly name: string } }) {
  const prefix = `${platform.prefix}-${spec.name}`;
  return {
    prefix,
    cluster: prefix,
    database: `${prefix}-database`,
    cache: `${prefix}-queue`,
    cacheUser: `${prefix}-application`,
    kafka: `${prefix}-events`,
  };
}

/** Path of every role of one environment, so that the deploy role can be limited to them. */
export function rolePath(environment: string): string {
  return `/${platform.name}/${environment}/`;
}

// Names of what `npm run bootstrap` creates once per AWS account. The program only refers to these resources.

/** Region of the state of every environment. The recovery region has a copy of it. */
export const stateRegion = "us-east-1";

/** S3 bucket names are unique across all accounts, so the account is part of the name. */
export function stateBucketName(accountId: string, region: string): string {
  return `${platform.name}-state-${accountId}-${region}`;
}

/** Alias of the key that encrypts the state; the same in both regions. */
export const stateKeyAlias = `alias/${platform.name}-state`;

/** Alias of the key that encrypts the secrets in the stack file of one environment. */
export function secretsKeyAlias(environment: string): string {
  return `alias/${platform.name}-${environment}`;
}

/** Alias of the key that encrypts the layers of the images; the same in both regions. */
export const imagesKeyAlias = `alias/${platform.name}-images`;

/**
 * Role that people assume to deploy: the first time, and whenever a deploy changes the permissions of the pipeline. It is
 * in every cluster's list of administrators, because the pipeline's role does not exist before the first deploy.
 */
export const operatorRoleName = `${platform.name}-operator`;

export function operatorRoleArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:role/${operatorRoleName}`;
}

/** Role of people in an emergency. The stack file names it, because a company may have such a role already. */
export const breakGlassRoleName = `${platform.name}-break-glass`;

/** Policy that limits every role of the platform. */
export const boundaryName = `${platform.name}-boundary`;

export function boundaryArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:policy/${boundaryName}`;
}

/** Issuer of the tokens of GitHub Actions, without the scheme. */
export const githubIssuer = "token.actions.githubusercontent.com";

export function githubProviderArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:oidc-provider/${githubIssuer}`;
}
