import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { startLoopbackServer } from "../processes/index.ts";

/** A stand-in for the identity provider: it publishes a key and signs tokens with it. The key lives as long as the run. */
export interface Issuer {
  readonly url: string;
  readonly jwksUrl: string;
  /** A token of this user with every permission. */
  token(subject: string, audience: string, lifetimeSeconds: number): Promise<string>;
  stop(): Promise<void>;
}

/** The algorithm that hosted identity providers use by default. */
const algorithm = "RS256";
const keyId = "local";
/** Tokens are valid this long before their issue, because the clock of a laptop may step back. */
const clockToleranceSeconds = 60;

export async function startIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm);
  const key = { ...(await exportJWK(publicKey)), kid: keyId, alg: algorithm, use: "sig" };
  const jwks = JSON.stringify({ keys: [key] });
  const { url, stop } = await startLoopbackServer((request, response) => {
    const found = request.method === "GET" && request.url === "/.well-known/jwks.json";
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" });
    response.end(found ? jwks : "{}");
  });
  return {
    url,
    jwksUrl: `${url}/.well-known/jwks.json`,
    token: (subject, audience, lifetimeSeconds) => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ scope: "tasks:read tasks:write" })
        .setProtectedHeader({ alg: algorithm, typ: "JWT", kid: keyId })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject(subject)
        .setJti(crypto.randomUUID())
        .setIssuedAt(now)
        .setNotBefore(now - clockToleranceSeconds)
        .setExpirationTime(now + lifetimeSeconds)
        .sign(privateKey);
    },
    stop,
  };
}
