import { Signer } from "@aws-sdk/rds-signer";
import { expect, test } from "vitest";
import { presign, signCacheToken } from "./auth-token.ts";

// Values as AWS documents them for examples.
const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const user = { region: "us-east-1", user: "task-api", replicationGroup: "tasks" };
const now = new Date("2026-11-25T01:02:03.456Z");

test("a token is a presigned request to the replication group without its scheme", () => {
  const token = signCacheToken(user, credentials, now);
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

test("the signature equals that of the SDK's signer for the same request to the database", async () => {
  const signed = { ...credentials, sessionToken: "a/session+token=" };
  const signer = new Signer({
    region: "us-east-1",
    hostname: "db.internal",
    port: 5432,
    username: "task_api",
    credentials: signed,
  });
  const token = await signer.getAuthToken();
  const theirs = new URL(`https://${token}`).searchParams;
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(theirs.get("X-Amz-Date") ?? "") ?? [];
  const ours = presign(
    {
      service: "rds-db",
      region: "us-east-1",
      host: "db.internal:5432",
      parameters: { Action: "connect", DBUser: "task_api" },
    },
    signed,
    new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
  );
  expect(Object.fromEntries(new URL(`https://${ours}`).searchParams)).toEqual(Object.fromEntries(theirs));
});
