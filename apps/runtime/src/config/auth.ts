import { definePiece } from "./parse.ts";
import { name, url } from "./values.ts";

/** Which access tokens the service accepts. */
export interface AuthConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Address of the public keys of the issuer. */
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
