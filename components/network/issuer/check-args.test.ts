import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Issuer, type IssuerArgs, issuerProblems } from "./index.ts";

const base: IssuerArgs = {
  settings: {
    secondFactor: "required",
    threatProtection: "enforced",
    selfRegistration: false,
    logRetentionDays: 90,
  },
  poolName: "task-prod",
  domainPrefix: "acme-task-prod",
  audience: "https://api.acme.com",
  scopes: { "tasks:read": "See your tasks" },
  callbackUrls: ["https://app.acme.com/signed-in", "http://localhost:5173/signed-in"],
  logoutUrls: [],
  region: "us-east-1",
  removal: "retain-data",
  logKeyArn: "key-logs",
};

const problems = (changes: Partial<IssuerArgs>) =>
  issuerProblems({ ...base, ...changes }).map(({ argument, given }) => `${argument}: ${given}`);

test("Arguments that Cognito takes have no problem", () => {
  expect(problems({})).toEqual([]);
  const mail = { identityArn: "identity", from: "no-reply@acme.com" };
  expect(problems({ mail, settings: { ...base.settings, selfRegistration: true } })).toEqual([]);
});

test.each(["Acme", "-acme", "acme-", "acme.task", "", "my-aws-login", "a".repeat(64)])(
  "The sign-in label %j is refused",
  (domainPrefix) => {
    expect(problems({ domainPrefix })).toEqual([`domainPrefix: "${domainPrefix}"`]);
  },
);

test.each([
  "task-platform",
  "http://api.acme.com",
  "https://api.acme.com/",
  "https://api.acme.com?x",
  "https://api.acme.com#x",
  "https://user@api.acme.com",
  `https://api.acme.com/${"a".repeat(256)}`,
])("The audience %j, which no token can be asked for, is refused", (audience) => {
  expect(problems({ audience })).toEqual([`audience: "${audience}"`]);
});

test.each([
  "http://app.acme.com/",
  "https://*.acme.com/",
  "https://app.acme.com/#token",
  "https://user@app.acme.com/",
  "acme://signed-in",
  "nowhere",
])("A code is never sent to %j", (address) => {
  expect(problems({ callbackUrls: [address] })).toEqual([`callbackUrls: "${address}"`]);
  expect(problems({ logoutUrls: [address] })).toEqual([`logoutUrls: "${address}"`]);
});

test("A client needs an address to return to, and each only once", () => {
  expect(problems({ callbackUrls: [] })).toEqual(["callbackUrls: none"]);
  const [address = ""] = base.callbackUrls;
  expect(problems({ callbackUrls: [address, address] })).toEqual([
    `callbackUrls: "${address}" more than once`,
  ]);
});

test("Scopes are there, have a name Cognito takes, and say what they allow", () => {
  expect(problems({ scopes: {} })).toEqual(["scopes: none"]);
  expect(problems({ scopes: { "tasks/read": "", "tasks:read": "a".repeat(257) } })).toEqual([
    'scopes["tasks/read"]: "tasks/read"',
    'scopes["tasks/read"]: no description',
    'scopes["tasks:read"]: 257 characters',
  ]);
});

test("Nobody registers alone while only fifty mails a day are sent", () => {
  const settings = { ...base.settings, selfRegistration: true };
  expect(problems({ settings })).toEqual(["mail: none, with settings.selfRegistration"]);
  expect(problems({ settings, mail: { identityArn: "identity", from: "acme" } })).toEqual([
    'mail.from: "acme"',
  ]);
});

test("Every wrong argument is named at once and nothing is made", async () => {
  const wrong: IssuerArgs = {
    ...base,
    poolName: "task/prod",
    domainPrefix: "My.Login",
    audience: "tasks",
    scopes: {},
    callbackUrls: [],
    settings: { ...base.settings, logRetentionDays: 8 },
  };
  expect(issuerProblems(wrong).map(({ argument }) => argument)).toEqual([
    "poolName",
    "domainPrefix",
    "audience",
    "scopes",
    "callbackUrls",
    "settings.logRetentionDays",
  ]);
  await expect(planProgram(() => void new Issuer("issuer", wrong))).rejects.toThrow(
    'issuer "issuer": 6 problems, nothing was created',
  );
});
