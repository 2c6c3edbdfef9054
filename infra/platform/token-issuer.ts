import type * as pulumi from "@pulumi/pulumi";
import { Issuer } from "../../components/network/issuer/index.ts";
import { type Environment, featuresOf } from "../environment/index.ts";
import { physicalNames } from "../names.ts";
import type { Providers } from "../providers.ts";

/** How the API checks tokens. */
export interface TokenSource {
  readonly issuer: pulumi.Input<string>;
  readonly audience: pulumi.Input<string>;
  readonly jwksUrl: pulumi.Input<string>;
}

/** Scopes of a token, with the text that people read when they consent. */
const scopes = { "tasks:read": "See your tasks", "tasks:write": "Create, change and delete your tasks" };

/** The user pool of the environment where its spec has one, else the issuer that the stack file names. */
export function createTokenSource(
  environment: Environment,
  providers: Providers,
  logKeyArn: pulumi.Input<string>,
): TokenSource {
  const { spec, config } = environment;
  const { issuer } = featuresOf(spec);
  if (issuer === undefined) {
    return { issuer: config.authIssuer, audience: config.authAudience, jwksUrl: config.authJwksUrl };
  }
  const { prefix } = physicalNames(environment);
  const app = `https://app.${config.domain}`;
  return new Issuer(
    "issuer",
    {
      settings: issuer,
      poolName: prefix,
      // Must be unique in the region over all accounts, so it contains the account id.
      domainPrefix: `${prefix}-${config.accountId}`,
      audience: `https://api.${config.domain}`,
      scopes,
      callbackUrls: [`${app}/callback`],
      logoutUrls: [app],
      region: spec.region,
      removal: spec.removal,
      logKeyArn,
    },
    { providers: providers.all },
  );
}
