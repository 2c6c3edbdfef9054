import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { IssuerSettings } from "./settings.ts";

export interface IssuerArgs {
  readonly settings: IssuerSettings;
  /** Fixed name of the pool, such as "task-prod". */
  readonly poolName: string;
  /** First label of the sign-in address `<label>.auth.<region>.amazoncognito.com`. Unique in the region across all accounts. */
  readonly domainPrefix: string;
  /**
   * Address of the API, such as "https://api.acme.com": the `aud` of a token, and the first part of its scopes. Changing
   * it replaces the scopes and makes every token in use invalid.
   */
  readonly audience: string;
  /** Scopes by name, with the description that users read when they consent. */
  readonly scopes: Readonly<Record<string, string>>;
  /** Addresses to which a browser may return with its code. Cognito compares the whole address. */
  readonly callbackUrls: readonly string[];
  /** Addresses to which a browser may return after signing out. */
  readonly logoutUrls: readonly string[];
  readonly region: string;
  readonly removal: Removal;
  readonly logKeyArn: pulumi.Input<string>;
  /** SES identity that sends the mails. @default Cognito's own sender, which sends at most 50 mails per day. */
  readonly mail?: { readonly identityArn: pulumi.Input<string>; readonly from: string };
}
