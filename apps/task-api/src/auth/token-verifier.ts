import type { AuthConfig } from "@task-platform/runtime/config";
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { Problem } from "../problems/index.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

/** The user who calls, and the permissions of the token. */
export interface Caller {
  /** The subject of the token, which is the `user_id` of everything the caller owns. */
  readonly userId: string;
  readonly scopes: ReadonlySet<string>;
  /** When the token expires. A stream ends then. */
  readonly expiresAt: Date;
}

/** @throws Problem `unauthenticated` for a bad token, `unavailable` when the keys of the issuer cannot be fetched. */
export type TokenVerifier = (token: string) => Promise<Caller>;

/** Public-key algorithms only: no issuer signs with a shared secret or with `none`. */
const algorithms = ["RS256", "PS256", "ES256", "EdDSA"];
/** The clocks of the issuer and of this machine may differ a little. APP-03 allows up to 60 s. */
const clockToleranceSeconds = 5;
const keysTimeoutMs = 3_000;
/** A key that the issuer withdraws is accepted for at most this long, and `verifiedForMs` longer for a token seen before. */
const keysMaxAgeMs = 540_000;
/** An unknown key id fetches the keys again, at most this often: a new key works soon, and made-up ids cost the issuer little. */
const keysCooldownMs = 2_000;
/** A checked token is not checked again for this long. */
const verifiedForMs = 60_000;
/** About 10 MB. */
const mostVerified = 10_000;
const longestSubject = 255;

/**
 * Verifies access tokens with the published keys of the issuer. They are fetched on first use and cached, and so is the
 * result for a good token: checking a signature costs more than the rest of a read.
 */
export function createTokenVerifier(config: AuthConfig): TokenVerifier {
  const keys = createRemoteJWKSet(new URL(config.jwksUrl), {
    timeoutDuration: keysTimeoutMs,
    cacheMaxAge: keysMaxAgeMs,
    cooldownDuration: keysCooldownMs,
  });
  const verified = new VerifiedTokens<Caller>(mostVerified, verifiedForMs);
  return async (token) => {
    const known = verified.get(token, Date.now());
    if (known !== undefined) return known;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        algorithms,
        issuer: config.issuer,
        audience: config.audience,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ["exp", "sub"],
      });
      const caller = toCaller(payload, protectedHeader.typ, config.audience);
      verified.add(token, caller, Date.now());
      return caller;
    } catch (error) {
      throw error instanceof Problem ? error : toProblem(error);
    }
  };
}

function toCaller(payload: JWTPayload, typ: unknown, audience: string): Caller {
  // The issuer decides what type a claim has: the types of `JWTPayload` promise nothing.
  const claims: Readonly<Record<string, unknown>> = payload;
  // An id token has the same issuer and keys. It identifies a user and grants no permission.
  const isAccessToken =
    typ === undefined ||
    (typeof typ === "string" && ["jwt", "at+jwt", "application/at+jwt"].includes(typ.toLowerCase()));
  if (!isAccessToken || claims.token_use === "id") throw unauthenticated("the token is not an access token");
  const { sub, scope, exp } = claims;
  if (typeof sub !== "string" || sub.length > longestSubject || !/^[^\p{C}]+$/u.test(sub)) {
    throw unauthenticated("the subject of the token cannot be used");
  }
  const expiresAt = new Date(typeof exp === "number" ? exp * 1000 : Number.NaN);
  // A number of seconds that is no date would pass the check of the expiry and break the timer of a stream.
  if (Number.isNaN(expiresAt.getTime())) throw unauthenticated("the expiry of the token cannot be used");
  return {
    userId: sub,
    scopes: new Set(
      typeof scope === "string" ? scope.split(" ").map((one) => plainScope(one, audience)) : [],
    ),
    expiresAt,
  };
}

/** Cognito prefixes each scope with the resource server, which is the audience. Other issuers write the scope alone. */
function plainScope(scope: string, audience: string): string {
  const prefix = `${audience}/`;
  return scope.startsWith(prefix) ? scope.slice(prefix.length) : scope;
}

/** The errors that mean a bad token. Any other error means that the issuer cannot be reached, and every request is refused. */
const refusals = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
];

function toProblem(error: unknown): Problem {
  if (refusals.some((kind) => error instanceof kind)) {
    const expired = error instanceof errors.JWTExpired;
    return unauthenticated(expired ? "the token has expired" : "the token is not valid here");
  }
  return new Problem("unavailable", "tokens cannot be checked now", { headers: { "retry-after": "5" } });
}

export function unauthenticated(detail: string): Problem {
  return new Problem("unauthenticated", detail, {
    headers: { "www-authenticate": 'Bearer error="invalid_token"' },
  });
}
