import { createRemoteJWKSet, jwtVerify } from "jose";
import { expect, onTestFinished, test } from "vitest";
import { type Issuer, startIssuer } from "./issuer.ts";

async function start(): Promise<Issuer> {
  const issuer = await startIssuer();
  onTestFinished(() => issuer.stop());
  return issuer;
}

test("the published key verifies a token, and the token has subject, audience, scope and lifetime", async () => {
  const issuer = await start();
  const token = await issuer.token("somebody", "tasks", 60);
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(issuer.jwksUrl)), {
    issuer: issuer.url,
    audience: "tasks",
    algorithms: ["RS256"],
  });
  expect(payload).toMatchObject({ sub: "somebody", scope: "tasks:read tasks:write" });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
});

test("the private key is not published, and nothing else is served", async () => {
  const issuer = await start();
  expect(await (await fetch(issuer.jwksUrl)).text()).not.toMatch(/"(d|p|q|dp|dq|qi)":/);
  expect((await fetch(`${issuer.url}/token`)).status).toBe(404);
  expect((await fetch(issuer.jwksUrl, { method: "POST" })).status).toBe(404);
});
