import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Removal, refuse } from "../../base/core/index.ts";
import { issuerProblems } from "./check-args.ts";
import { createClient } from "./client.ts";
import type { IssuerSettings } from "./settings.ts";
import { createSignInLog } from "./sign-in-log.ts";
import { createUserPool } from "./user-pool.ts";

export interface IssuerArgs {
  readonly settings: IssuerSettings;
  /** Fixed name of the pool, such as "task-prod". */
  readonly poolName: string;
  /** First label of the sign-in address `<label>.auth.<region>.amazoncognito.com`; unique in its region over all accounts. */
  readonly domainPrefix: string;
  /**
   * Address of the API that the tokens are for, such as "https://api.acme.com": the `aud` of a token, and the start of
   * its scopes. Changing it replaces the scopes and locks out every token in use.
   */
  readonly audience: string;
  /** Scopes by name, with what they allow, in the words a person reads when asked. */
  readonly scopes: Readonly<Record<string, string>>;
  /** Where the browser goes with its code; exactly these addresses. */
  readonly callbackUrls: readonly string[];
  /** Where the browser goes after signing out. */
  readonly logoutUrls: readonly string[];
  readonly region: string;
  readonly removal: Removal;
  readonly logKeyArn: pulumi.Input<string>;
  /** SES identity that mails come from. @default Cognito's own, which sends 50 mails a day and no more. */
  readonly mail?: { readonly identityArn: pulumi.Input<string>; readonly from: string };
}

/**
 * Who people are: a Cognito user pool, and one public client for browsers (authorization code, no secret).
 *
 * Guarantees: access tokens live an hour and refresh tokens a working day, each usable once; a refusal does not tell
 * whether an account exists; a destroy leaves the accounts where the page keeps data.
 *
 * A client must send, with `response_type=code`, a PKCE challenge (Cognito checks one that is sent and cannot demand
 * one) and `resource=<audience>`: without it an access token has no `aud`, and the API refuses it. Scopes are
 * `<audience>/<name>`, because Cognito writes the resource server before each.
 *
 * A pool is of one region and is never copied. Where sign-in must outlive the region, take an external issuer: the page
 * then says "external", this block is not made, and the stack file names issuer, audience and key address.
 */
export class Issuer extends pulumi.ComponentResource {
  /** The `iss` of tokens, without a slash at its end. */
  readonly issuer: pulumi.Output<string>;
  readonly jwksUrl: pulumi.Output<string>;
  /** The `aud` of access tokens. */
  readonly audience: pulumi.Output<string>;
  /** Name of the public client; no secret. */
  readonly clientId: pulumi.Output<string>;
  /** Where people sign in; clients find its endpoints below `/oauth2`. */
  readonly signInUrl: pulumi.Output<string>;
  /** For a firewall in front of the sign-in pages. */
  readonly userPoolArn: pulumi.Output<string>;

  constructor(name: string, args: IssuerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:issuer:Issuer", name, {}, opts);
    refuse(`issuer "${name}"`, issuerProblems(args), this);

    const pool = createUserPool(name, args, this);
    const server = new aws.cognito.ResourceServer(
      name,
      {
        userPoolId: pool.id,
        identifier: args.audience,
        name: args.poolName,
        scopes: Object.entries(args.scopes).map(([scopeName, scopeDescription]) => ({
          scopeName,
          scopeDescription,
        })),
      },
      { parent: this },
    );
    const client = createClient(name, args, pool, server, this);
    createSignInPages(name, args, pool, client, this);
    createSignInLog(name, args, pool, this);

    // The endpoint of the provider is the host and the pool, without a scheme.
    this.issuer = pulumi.interpolate`https://${pool.endpoint}`;
    this.jwksUrl = pulumi.interpolate`${this.issuer}/.well-known/jwks.json`;
    this.audience = server.identifier;
    this.clientId = client.id;
    this.signInUrl = pulumi.output(`https://${args.domainPrefix}.auth.${args.region}.amazoncognito.com`);
    this.userPoolArn = pool.arn;
    this.registerOutputs({
      issuer: this.issuer,
      jwksUrl: this.jwksUrl,
      audience: this.audience,
      clientId: this.clientId,
      signInUrl: this.signInUrl,
      userPoolArn: this.userPoolArn,
    });
  }
}

/** Version 2 of the pages, because only they put the wanted resource into a token; they show nothing without a style. */
function createSignInPages(
  name: string,
  args: IssuerArgs,
  pool: aws.cognito.UserPool,
  client: aws.cognito.UserPoolClient,
  parent: Issuer,
): void {
  new aws.cognito.UserPoolDomain(
    name,
    { userPoolId: pool.id, domain: args.domainPrefix, managedLoginVersion: 2 },
    { parent },
  );
  new aws.cognito.ManagedLoginBranding(
    name,
    { userPoolId: pool.id, clientId: client.id, useCognitoProvidedValues: true },
    { parent },
  );
}
