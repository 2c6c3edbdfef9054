import { expect, test } from "vitest";
import type { IssuerArgs } from "./args.ts";
import { checkIssuerArgs } from "./check.ts";
import { base, planIssuer } from "./test/issuer.fixture.ts";

const problems = (changes: Partial<IssuerArgs>) =>
  checkIssuerArgs({ ...base, ...changes }).map(({ argument, given }) => `${argument}: ${given}`);

test("Valid arguments have no problem", () => {
  expect(problems({})).toEqual([]);
  const mail = { identityArn: "identity", from: "no-reply@acme.com" };
  expect(problems({ mail, settings: { ...base.settings, selfRegistration: true } })).toEqual([]);
});

test.each(["Acme", "-acme", "acme-", "acme.task", "", "my-aws-login", "a".repeat(64)])(
  "The domain prefix %j is refused",
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
])("The audience %j is refused, because no client can request a token for it", (audience) => {
  expect(problems({ audience })).toEqual([`audience: "${audience}"`]);
});

test.each([
  "http://app.acme.com/",
  "https://*.acme.com/",
  "https://app.acme.com/#token",
  "https://user@app.acme.com/",
  "acme://signed-in",
  "nowhere",
])("The return address %j is refused", (address) => {
  expect(problems({ callbackUrls: [address] })).toEqual([`callbackUrls: "${address}"`]);
  expect(problems({ logoutUrls: [address] })).toEqual([`logoutUrls: "${address}"`]);
});

test("A client needs a callback URL, and each URL only once", () => {
  expect(problems({ callbackUrls: [] })).toEqual(["callbackUrls: none"]);
  const [address = ""] = base.callbackUrls;
  expect(problems({ callbackUrls: [address, address] })).toEqual([
    `callbackUrls: "${address}" more than once`,
  ]);
});

test("Scopes are required, with a name that Cognito accepts and a description", () => {
  expect(problems({ scopes: {} })).toEqual(["scopes: none"]);
  expect(problems({ scopes: { "tasks/read": "", "tasks:read": "a".repeat(257) } })).toEqual([
    'scopes["tasks/read"]: "tasks/read"',
    'scopes["tasks/read"]: no description',
    'scopes["tasks:read"]: 257 characters',
  ]);
});

test("Self-registration needs a mail sender, because Cognito's own sends only fifty mails per day", () => {
  const settings = { ...base.settings, selfRegistration: true };
  expect(problems({ settings })).toEqual(["mail: none, with settings.selfRegistration"]);
  expect(problems({ settings, mail: { identityArn: "identity", from: "acme" } })).toEqual([
    'mail.from: "acme"',
  ]);
});

test("All problems are in one message, and nothing is created", async () => {
  const wrong: IssuerArgs = {
    ...base,
    poolName: "task/prod",
    domainPrefix: "My.Login",
    audience: "tasks",
    scopes: {},
    callbackUrls: [],
    settings: { ...base.settings, logRetentionDays: 8 },
  };
  expect(checkIssuerArgs(wrong).map(({ argument }) => argument)).toEqual([
    "poolName",
    "domainPrefix",
    "audience",
    "scopes",
    "callbackUrls",
    "settings.logRetentionDays",
  ]);
  await expect(planIssuer(wrong)).rejects.toThrow('issuer "issuer": 6 problems, nothing was created');
});
