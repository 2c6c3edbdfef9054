import type { Choice } from "./choice-actions.ts";

/** What the permissions of a deploy role depend on. */
export interface DeployScope {
  readonly accountId: string;
  /** Regions in which the program makes resources: its own, and those of its copies. */
  readonly regions: readonly string[];
  /** What the environment makes in addition to what every environment makes. The deploy role has no permission for other choices. */
  readonly makes: readonly Choice[];
  /** Public zone of the names that a deploy changes. The deploy role has no permission for other zones. */
  readonly hostedZoneId: string;
  /** Name prefix of the secrets whose values the program writes. The provider also reads them back. */
  readonly writtenSecrets: string;
  /** Path of every role that the program makes, such as "/task-platform/prod/". The deploy role changes no other role. */
  readonly rolePath: string;
  /**
   * Roles that a deploy passes to services, by service: their logical names, because AWS gets them with a random ending. It
   * may pass no other role, and none of these to another service.
   */
  readonly passes: Readonly<Record<string, readonly string[]>>;
  /** Cluster whose topics a deploy changes. The deploy role has no permission for topics of other clusters. */
  readonly kafkaClusterName: string;
  /** Cluster in another region whose events are copied here. @default none */
  readonly sourceClusterArn?: string;
  /** Permissions boundary of every role that the deploy role makes. Without one it could make an administrator. */
  readonly permissionsBoundaryArn: string;
}
