import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { IssuerArgs } from "./args.ts";

/** Not shorter: the sign-in pages keep a session for an hour, so a shorter lifetime would only add traffic. */
const tokenMinutes = 60;

/** A working day: the next morning a user needs password and second factor again. */
const refreshHours = 12;

/** A tab that lost the response may retry within this time. Later use of a used token means that it was stolen. */
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
      // No implicit flow: it would put tokens into URLs.
      allowedOauthFlows: ["code"],
      allowedOauthScopes: [
        "openid",
        "email",
        ...Object.keys(args.scopes).map((scope) => pulumi.interpolate`${server.identifier}/${scope}`),
      ],
      callbackUrls: [...args.callbackUrls],
      logoutUrls: [...args.logoutUrls],
      supportedIdentityProviders: ["COGNITO"],
      // SRP only: the password itself is never sent. ALLOW_REFRESH_TOKEN_AUTH is left out, because tokens rotate.
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
