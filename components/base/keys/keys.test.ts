import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import type { Removal } from "../core/index.ts";
import { Keys, keyDomains, keyPolicy } from "./index.ts";

const planKeys = (removal: Removal = "retain-all") =>
  planProgram(() => {
    const keys = new Keys("keys", {
      prefix: "task-test",
      accountId: "123456789012",
      region: "us-east-1",
      deletionDays: 30,
      removal,
    });
    return { ...keys.arns };
  });

interface PolicyStatement {
  readonly Sid: string;
  readonly Principal: Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Condition?: unknown;
}

function statements(domain: (typeof keyDomains)[number]): PolicyStatement[] {
  return (JSON.parse(keyPolicy(domain, "123456789012", "us-east-1")) as { Statement: PolicyStatement[] })
    .Statement;
}

test("each kind of data has its own key, rotated every year, with an alias of the environment", async () => {
  const plan = await planKeys();
  expect(keyDomains).toEqual(["cluster", "disks", "data", "logs", "secrets", "messages"]);
  for (const domain of keyDomains) {
    const key = plan.one("aws:kms/key:Key", `keys-${domain}`);
    expect(key.inputs).toEqual({
      description: `task-test: ${domain}`,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
      policy: keyPolicy(domain, "123456789012", "us-east-1"),
    });
    expect(plan.one("aws:kms/alias:Alias", `keys-${domain}`).inputs).toEqual({
      name: `alias/task-test-${domain}`,
      targetKeyId: key.outputs.keyId,
    });
    expect(plan.outputs[domain]).toBe(key.outputs.arn);
  }
  expect(plan.all("aws:kms/key:Key")).toHaveLength(keyDomains.length);
});

test("a key is kept as long as the data that it encrypts", async () => {
  const kept = async (removal: Removal) =>
    new Set(
      (await planKeys(removal))
        .all("aws:kms/key:Key")
        .map(({ options }) => options.retainOnDelete && options.protect),
    );
  expect(await kept("retain-all")).toEqual(new Set([true]));
  expect(await kept("retain-data")).toEqual(new Set([true]));
  expect(await kept("remove")).toEqual(new Set([false]));
});

test("every policy lets the account administer the key, and every other grant but that of EventBridge has a condition", () => {
  for (const domain of keyDomains) {
    const [account, ...others] = statements(domain);
    expect(account).toMatchObject({
      Sid: "Account",
      Principal: { AWS: ["arn:aws:iam::123456789012:root"] },
      Action: "kms:*",
    });
    for (const { Sid, Principal, Action, Condition } of others) {
      expect(JSON.stringify(Principal)).not.toContain('"*"');
      expect(JSON.stringify(Action)).not.toContain("kms:*");
      // EventBridge publishes to no encrypted topic whose key asks for a source.
      if (Principal.Service !== undefined && Sid !== "EventBridge") expect(Condition).toBeTypeOf("object");
    }
  }
});

test("services may use only the keys of logs, messages and node disks", () => {
  const sids = Object.fromEntries(
    keyDomains.map((domain) => [domain, statements(domain).map(({ Sid }) => Sid)]),
  );
  expect(sids).toEqual({
    cluster: ["Account"],
    disks: ["Account", "Autoscaling", "AutoscalingGrants"],
    data: ["Account"],
    logs: ["Account", "Logs", "LogDelivery", "Trail"],
    secrets: ["Account"],
    messages: ["Account", "Publishers", "EventBridge"],
  });
});

test("CloudWatch Logs uses the key only for log groups of this account and region", () => {
  const logs = statements("logs").find(({ Sid }) => Sid === "Logs");
  expect(logs).toMatchObject({
    Principal: { Service: ["logs.us-east-1.amazonaws.com"] },
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:123456789012:log-group:*" },
    },
  });
});

test("the autoscaling service may grant the disk key to AWS resources only", () => {
  const grants = statements("disks").find(({ Sid }) => Sid === "AutoscalingGrants");
  expect(grants).toMatchObject({
    Action: "kms:CreateGrant",
    Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
  });
});
