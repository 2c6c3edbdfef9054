import { definePiece } from "./parse.ts";
import { name, url } from "./values.ts";

/** Whose tokens are accepted. */
export interface AuthConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: string;
}

export const authConfig = definePiece(
  { AUTH_ISSUER: url(), AUTH_AUDIENCE: name(), AUTH_JWKS_URL: url() },
  (raw): AuthConfig => ({
    issuer: raw.AUTH_ISSUER,
    audience: raw.AUTH_AUDIENCE,
    jwksUrl: raw.AUTH_JWKS_URL,
  }),
);
