/** What to create, and where. One account: each account that environments run in gets its own layer. */
export interface BootstrapOptions {
  readonly accountId: string;
  /** Region of the state and of the images, and the region that has their copies. */
  readonly homeRegion: string;
  readonly recoveryRegion: string;
  /** Environments whose secrets get a key of their own. */
  readonly environments: readonly string[];
  /** ARNs of the IAM users and roles that may assume the roles of people. */
  readonly people: readonly string[];
}

/** Arguments of one call of the AWS CLI. */
export type Command = readonly string[];

/** An answer that the run waits for, or refuses to go on without. */
export interface Wanted {
  readonly question: Command;
  readonly answer: string;
  /** How long to ask again; 0 asks once. */
  readonly seconds: number;
  /** What to do when the answer stays another one. */
  readonly otherwise: string;
}

/** One thing to create. The run checks for it first, so that a second run changes nothing. */
export interface Step {
  readonly title: string;
  /** Asks for the thing. Left out where the commands may run twice. */
  readonly check?: Command;
  /** What answer means that the thing exists: a success, or a success that prints something. @default "succeeds" */
  readonly existsWhen?: "succeeds" | "prints";
  readonly make: readonly Command[];
  /** Asked after the commands, and also when the thing exists: an earlier run may have been stopped before the answer came. */
  readonly wanted?: Wanted;
  /** Keeps the output of the first command as `{name}` for the steps that follow. */
  readonly capture?: string;
}

/** Splits the words of a command; arguments that may contain spaces follow as they are. */
export function command(words: string, ...more: readonly string[]): Command {
  return [...words.split(" "), ...more];
}
