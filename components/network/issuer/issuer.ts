import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../base/core/index.ts";
import type { IssuerArgs } from "./args.ts";
import { checkIssuerArgs } from "./check.ts";
import { createClient } from "./client.ts";
import { createSignInLog } from "./sign-in-log.ts";
import { createUserPool } from "./user-pool.ts";

/**
 * The token issuer: a Cognito user pool, and one public client for browsers (authorization code, no secret).
 *
 * Guarantees: access tokens are valid for an hour; refresh tokens are valid for a working day and usable once; a refusal
 * does not show whether an account exists; a destroy keeps the accounts where the environment retains data.
 *
 * With `response_type=code` a client must send a PKCE challenge, which Cognito verifies but cannot require, and
 * `resource=<audience>`. Without the resource an access token has no `aud`, and the API refuses it. Scopes have the form
 * `<audience>/<name>`, because Cognito puts the resource server before each scope.
 *
 * A pool exists in one region and is never copied. Where sign-in must survive the loss of the region, use an external
 * issuer: set `issuer` to "external" in the environment spec, and name issuer, audience and JWKS URL in the stack file.
 */
export class Issuer extends pulumi.ComponentResource {
  /** The `iss` of tokens, without a final slash. */
  readonly issuer: pulumi.Output<string>;
  readonly jwksUrl: pulumi.Output<string>;
  /** The `aud` of access tokens. */
  readonly audience: pulumi.Output<string>;
  /** Id of the public client, which is not a secret. */
  readonly clientId: pulumi.Output<string>;
  /** Address of the sign-in pages. The OAuth endpoints are below `/oauth2`. */
  readonly signInUrl: pulumi.Output<string>;
  /** For a firewall in front of the sign-in pages. */
  readonly userPoolArn: pulumi.Output<string>;

  constructor(name: string, args: IssuerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:issuer:Issuer", name, {}, opts);
    refuse(`issuer "${name}"`, checkIssuerArgs(args), this);

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

    // `endpoint` is host and pool id, without a scheme.
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

/** Managed login version 2: only it puts the requested resource into a token. It shows nothing without a branding. */
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
