import type * as pulumi from "@pulumi/pulumi";
import { Issuer } from "../components/network/issuer/index.ts";
import type { Environment } from "./environment.ts";
import { physicalNames } from "./names.ts";
import type { Providers } from "./providers.ts";

/** What the API checks tokens by. */
export interface TokenSource {
  readonly issuer: pulumi.Input<string>;
  readonly audience: pulumi.Input<string>;
  readonly jwksUrl: pulumi.Input<string>;
}

/** What a caller may ask for, in the words that people read when they are asked. */
const scopes = { "tasks:read": "See your tasks", "tasks:write": "Create, change and delete your tasks" };

/** The pool of the environment where its page has one, else the issuer that the stack file names. */
export function createTokenSource(
  environment: Environment,
  providers: Providers,
  logKeyArn: pulumi.Input<string>,
): TokenSource {
  const { spec, config } = environment;
  if (spec.issuer === "external") {
    return { issuer: config.authIssuer, audience: config.authAudience, jwksUrl: config.authJwksUrl };
  }
  const { prefix } = physicalNames(environment);
  const app = `https://app.${config.domain}`;
  return new Issuer(
    "issuer",
    {
      settings: spec.issuer,
      poolName: prefix,
      // Unique in the region over all accounts, so the account is in it.
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
