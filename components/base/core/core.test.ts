import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import {
  dataOptions,
  formatProblems,
  foundationOptions,
  type Problem,
  podIdentityTrust,
  policyDocument,
  refuse,
  serviceTrust,
  tlsOnlyStatement,
  toPolicyJson,
  unreachable,
} from "./index.ts";

const problem: Problem = {
  argument: "zones",
  given: "1",
  allowed: "2 to 4",
  fix: "three suit every service",
};

test("an error names argument, value, what is allowed and what to change, with one line per problem", () => {
  expect(formatProblems('network "main"', [problem])).toBe(
    'network "main": 1 problem, nothing was created.\n  - zones: got 1; allowed: 2 to 4; three suit every service',
  );
  expect(formatProblems("x", [problem, problem]).split("\n")).toHaveLength(3);
});

test("no problem is no error, and any problem is one", () => {
  expect(() => {
    refuse("x", []);
  }).not.toThrow();
  expect(() => {
    refuse("x", [problem]);
  }).toThrow(/^x: 1 problem/);
});

test("equal policies are equal text, and a list of one is written as IAM stores it", () => {
  const text = toPolicyJson([
    { sid: "Read", actions: ["s3:GetObject"], resources: ["a", "b"] },
    { sid: "No", effect: "Deny", principals: "*", actions: ["s3:*"], conditions: { Bool: { x: "false" } } },
  ]);
  expect(text).toBe(
    '{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":["a","b"]},' +
      '{"Sid":"No","Effect":"Deny","Principal":"*","Action":"s3:*","Condition":{"Bool":{"x":"false"}}}]}',
  );
});

test("a policy from outputs is the policy of their values", async () => {
  const plan = await planProgram(() => ({
    policy: policyDocument([{ sid: "Read", actions: ["s3:GetObject"], resources: [Promise.resolve("arn")] }]),
  }));
  expect(plan.outputs.policy).toBe(
    toPolicyJson([{ sid: "Read", actions: ["s3:GetObject"], resources: ["arn"] }]),
  );
});

test("a statement denies every request without TLS", () => {
  expect(tlsOnlyStatement("TlsOnly", ["s3:*"], ["arn"])).toEqual({
    sid: "TlsOnly",
    effect: "Deny",
    principals: "*",
    actions: ["s3:*"],
    resources: ["arn"],
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  });
});

test("trust of a service is bound to the account if one is given", () => {
  expect(JSON.parse(serviceTrust("x.amazonaws.com", "123456789012")).Statement[0].Condition).toEqual({
    StringEquals: { "aws:SourceAccount": "123456789012" },
  });
  expect(JSON.parse(serviceTrust("x.amazonaws.com")).Statement[0]).not.toHaveProperty("Condition");
});

test("trust of pods is bound to cluster, namespace, service account and account", () => {
  const bound = { clusterArn: "arn", namespace: "tasks", serviceAccount: "api", accountId: "123456789012" };
  expect(JSON.parse(podIdentityTrust(bound)).Statement[0].Condition.StringEquals).toEqual({
    "aws:SourceAccount": "123456789012",
    "aws:SourceArn": "arn",
    "aws:RequestTag/kubernetes-namespace": "tasks",
    "aws:RequestTag/kubernetes-service-account": "api",
  });
});

test.each([
  ["remove", { protect: false, retainOnDelete: false }, { protect: false, retainOnDelete: false }],
  ["retain-data", { protect: true, retainOnDelete: true }, { protect: false, retainOnDelete: false }],
  ["retain-all", { protect: true, retainOnDelete: true }, { protect: true, retainOnDelete: false }],
] as const)("removal %s means %j for data and %j for foundations", (removal, data, foundation) => {
  expect(dataOptions(removal)).toEqual(data);
  expect(foundationOptions(removal)).toEqual(foundation);
});

test("a branch the types exclude stops the program when it is reached", () => {
  expect(() => unreachable("x" as never)).toThrow('unreachable: "x"');
});
