import type * as pulumi from "@pulumi/pulumi";

export interface AlertsArgs {
  readonly keyArn: pulumi.Input<string>;
  readonly accountId: string;
  /** Addresses that get the messages of every topic; each address must confirm once per topic. */
  readonly emails: readonly string[];
}
