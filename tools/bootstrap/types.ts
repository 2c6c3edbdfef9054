/** Where the state is stored, and where its copy is. */
export interface BootstrapOptions {
  readonly accountId: string;
  readonly homeRegion: string;
  readonly recoveryRegion: string;
  /** Environments whose secrets get a key of their own. */
  readonly environments: readonly string[];
}

/** Arguments of one call of the AWS CLI. */
export type Command = readonly string[];

/** One thing to create. The run checks for it first, so that a second run changes nothing. */
export interface Step {
  readonly title: string;
  /** Succeeds when the thing exists. Left out where the commands may run twice. */
  readonly check?: Command;
  readonly make: readonly Command[];
  /** Keeps the output of the first command as `{name}` for the steps that follow. */
  readonly capture?: string;
}
