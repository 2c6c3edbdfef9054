import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../core/index.ts";

/** One secret, without its value. */
export interface SecretSpec {
  /** What the secret gives access to, for the person who rotates it. */
  readonly description: string;
  /**
   * ARNs of the only roles that may read the value; administrators may not. A role of another program is
   * `…:role/<path>/<name>-*`.
   */
  readonly readers: readonly pulumi.Input<string>[];
  /** @default rotated by hand, with the command of the block */
  readonly rotation?: SecretRotationSpec;
}

/** How Secrets Manager rotates a secret without people. */
export interface SecretRotationSpec {
  /** Function that rotates the secret; its policy must let the service call it. */
  readonly functionArn: pulumi.Input<string>;
  /** Role of the function; it reads the value as well. */
  readonly functionRoleArn: pulumi.Input<string>;
  readonly days: number;
}

export interface SecretsArgs {
  /** Prefix of the names, such as "task-prod": a secret is `<prefix>/<key>`. */
  readonly prefix: string;
  readonly accountId: string;
  readonly removal: Removal;
  readonly keyArn: pulumi.Input<string>;
  readonly region: string;
  /** Region of the copy, and a key of that region. @default none */
  readonly replica?: { readonly region: string; readonly keyArn: pulumi.Input<string> };
  /** By key. The key is the last part of the name and never changes, because workloads use it. */
  readonly secrets: Readonly<Record<string, SecretSpec>>;
}
