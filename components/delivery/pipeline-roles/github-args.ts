import type { Choice } from "./deploy-actions.ts";

export interface GithubRolesArgs {
  /** `owner/name`, as GitHub spells it. */
  readonly repository: string;
  /** Name of the GitHub environment that may deploy; its protection rules are the approval. */
  readonly environment: string;
  readonly accountId: string;
  /** Where the program makes anything: its region, and that of its copies. */
  readonly regions: readonly string[];
  /** What the environment makes beyond what every environment has: the deploy role may do that and nothing else. */
  readonly makes: readonly Choice[];
  /** Public zone of the names that a deploy sets; it touches no other. */
  readonly hostedZoneId: string;
  /** Start of the names of the secrets whose values the program itself writes; the provider reads back what it wrote. */
  readonly writtenSecrets: string;
  /** Path of every role this program makes, such as "/task-platform/prod/"; the deploy role touches no other. */
  readonly rolePath: string;
  /** Start of the names of the two roles, fixed because pipelines and stack files name them: "task-prod-github". */
  readonly rolePrefix: string;
  /** Upper bound of every role the deploy role makes. Without one it could make an administrator. */
  readonly permissionsBoundaryArn: string;
  readonly stateBucketArn: string;
  /** Aliases of the keys of the state and of the secrets in stack files; policies see keys by them. */
  readonly stateKeyAliases: readonly string[];
  /** The account's OpenID Connect provider of GitHub; there is one, whatever the number of environments. */
  readonly providerArn: string;
}
