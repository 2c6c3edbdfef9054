import { expect, test } from "vitest";
import { signCacheToken } from "./auth-token.ts";

// Values as AWS documents them for examples.
const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const identity = { region: "us-east-1", user: "task-api", replicationGroup: "tasks" };
const now = new Date("2026-11-25T01:02:03.456Z");

test("a token is a presigned request to the replication group without its scheme", () => {
  const token = signCacheToken(identity, credentials, now);
  const url = new URL(`https://${token}`);
  expect([url.host, url.pathname, token.startsWith("tasks/?")]).toEqual(["tasks", "/", true]);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    Action: "connect",
    User: "task-api",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "AKIDEXAMPLE/20261125/us-east-1/elasticache/aws4_request",
    "X-Amz-Date": "20261125T010203Z",
    "X-Amz-Expires": "900",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
});

test("the signature is the one that the signer of the AWS SDK makes", async () => {
  // The SDK's own signer comes with its clients; it is a witness here and nothing that the services load.
  const { SignatureV4 } = (await import("@smithy/signature-v4")) as typeof import("@smithy/signature-v4");
  const { createHash, createHmac } = await import("node:crypto");
  class Sha256 {
    readonly hash;
    constructor(secret?: Parameters<typeof createHmac>[1]) {
      this.hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret);
    }
    update(data: string | Uint8Array): void {
      this.hash.update(data);
    }
    digest(): Promise<Uint8Array> {
      return Promise.resolve(this.hash.digest());
    }
    reset(): void {}
  }
  const signer = new SignatureV4({
    service: "elasticache",
    region: identity.region,
    credentials: { ...credentials, sessionToken: "a/session+token=" },
    sha256: Sha256 as never,
  });
  const presigned = await signer.presign(
    {
      method: "GET",
      protocol: "https:",
      hostname: identity.replicationGroup,
      path: "/",
      query: { Action: "connect", User: identity.user },
      headers: { host: identity.replicationGroup },
    } as never,
    { expiresIn: 900, signingDate: now },
  );
  const token = signCacheToken(identity, { ...credentials, sessionToken: "a/session+token=" }, now);
  expect(Object.fromEntries(new URL(`https://${token}`).searchParams)).toEqual(presigned.query);
});
