import type { DeployScope } from "../deploy-permissions/index.ts";

export interface PipelineRolesArgs extends DeployScope {
  /**
   * The repository as in the subject of its tokens. GitHub writes `owner@id/name@id` for repositories that were made or
   * renamed since 2026-07-15, and for those that opted in (configure-aws-credentials#1889); `owner/name` for all others.
   * The roles trust exactly this text, so a name without its ids admits nobody where GitHub adds them.
   */
  readonly repository: string;
  /** Name of the GitHub environment that may deploy. Its protection rules are the approval. */
  readonly environment: string;
  /** Name prefix of the two roles, such as "task-prod-github". Fixed, because pipelines and stack files contain the names. */
  readonly rolePrefix: string;
  readonly stateBucketArn: string;
  /** Aliases of the keys of the state and of the secrets in stack files. Policies match keys by alias. */
  readonly stateKeyAliases: readonly string[];
  /** OpenID Connect provider of GitHub. An account has one, for all its environments. */
  readonly providerArn: string;
}
