import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { IssuerArgs } from "./issuer.ts";

/** Not less: the sign-in pages remember a browser for an hour, so a shorter life would only be more traffic. */
const tokenMinutes = 60;

/** A working day: the next morning asks for password and second factor again. */
const refreshHours = 12;

/** A tab that lost the answer may ask once more; afterwards a used token means that it was stolen. */
const retrySeconds = 10;

/** The public client of browsers: it cannot keep a secret, so it has none. */
export function createClient(
  name: string,
  args: IssuerArgs,
  pool: aws.cognito.UserPool,
  server: aws.cognito.ResourceServer,
  parent: pulumi.Resource,
): aws.cognito.UserPoolClient {
  return new aws.cognito.UserPoolClient(
    name,
    {
      name: args.poolName,
      userPoolId: pool.id,
      generateSecret: false,
      allowedOauthFlowsUserPoolClient: true,
      // No implicit flow: it would put tokens into addresses.
      allowedOauthFlows: ["code"],
      allowedOauthScopes: [
        "openid",
        "email",
        ...Object.keys(args.scopes).map((scope) => pulumi.interpolate`${server.identifier}/${scope}`),
      ],
      callbackUrls: [...args.callbackUrls],
      logoutUrls: [...args.logoutUrls],
      supportedIdentityProviders: ["COGNITO"],
      // By proof of knowledge only: the password itself never travels. Refresh is not listed, because tokens rotate.
      explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      accessTokenValidity: tokenMinutes,
      idTokenValidity: tokenMinutes,
      refreshTokenValidity: refreshHours,
      tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
      refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: retrySeconds },
      readAttributes: ["email", "email_verified"],
      writeAttributes: ["email"],
    },
    { parent },
  );
}
