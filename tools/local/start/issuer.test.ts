import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { startIssuer } from "./issuer.ts";

test("a token is signed by the published key and says whose it is, for whom and how long", async () => {
  const issuer = await startIssuer();
  onTestFinished(() => issuer.stop());
  const [header = "", claims = "", signature = ""] = issuer.token("somebody", "tasks", 60).split(".");
  const { keys } = (await (await fetch(issuer.jwksUrl)).json()) as { keys: JsonWebKey[] };
  const key = createPublicKey({ key: keys[0] ?? {}, format: "jwk" });
  const signed = Buffer.from(`${header}.${claims}`);
  expect(verify("sha256", signed, key, Buffer.from(signature, "base64url"))).toBe(true);
  const read = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>;
  expect(read).toMatchObject({
    iss: issuer.url,
    aud: "tasks",
    sub: "somebody",
    scope: "tasks:read tasks:write",
  });
  expect(Number(read.exp) - Number(read.iat)).toBe(60);
});

test("the key that signs is not published, and nothing else is served", async () => {
  const issuer = await startIssuer();
  onTestFinished(() => issuer.stop());
  expect(await (await fetch(issuer.jwksUrl)).text()).not.toMatch(/"(d|p|q|dp|dq|qi)":/);
  expect((await fetch(`${issuer.url}/token`)).status).toBe(404);
  expect((await fetch(issuer.jwksUrl, { method: "POST" })).status).toBe(404);
});
