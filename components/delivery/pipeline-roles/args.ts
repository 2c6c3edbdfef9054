import type { DeployScope } from "../deploy-permissions/index.ts";

export interface PipelineRolesArgs extends DeployScope {
  /** `owner/name`, as GitHub spells it. */
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
