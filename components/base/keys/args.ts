import type { Removal } from "../core/index.ts";

export interface KeysArgs {
  /** Prefix of the aliases, such as "task-dev". */
  readonly prefix: string;
  readonly accountId: string;
  readonly region: string;
  /** Days in which a deletion can be cancelled: 7 to 30. */
  readonly deletionDays: number;
  readonly removal: Removal;
}
