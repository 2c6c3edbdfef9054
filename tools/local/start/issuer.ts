import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands for the identity provider: publishes a key and signs tokens with it. Both die with this run. */
export interface Issuer {
  readonly url: string;
  readonly jwksUrl: string;
  /** A token of this subject that may do everything. */
  token(subject: string, audience: string, lifetimeSeconds: number): string;
  stop(): Promise<void>;
}

const keyId = "local";

/** RS256, as the hosted providers sign by default. */
export async function startIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwks = JSON.stringify({
    keys: [{ ...publicKey.export({ format: "jwk" }), kid: keyId, alg: "RS256", use: "sig" }],
  });
  const server = createServer((request, response) => {
    const found = request.method === "GET" && request.url === "/.well-known/jwks.json";
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" });
    response.end(found ? jwks : "{}");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    jwksUrl: `${url}/.well-known/jwks.json`,
    token: (subject, audience, lifetimeSeconds) => {
      const now = Math.floor(Date.now() / 1000);
      return signToken(privateKey, {
        ...{ iss: url, aud: audience, sub: subject, scope: "tasks:read tasks:write", jti: randomUUID() },
        // A minute back: a clock that steps must not make the token of tomorrow out of it.
        ...{ iat: now, nbf: now - 60, exp: now + lifetimeSeconds },
      });
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function signToken(key: KeyObject, claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", typ: "JWT", kid: keyId })}.${part(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}
