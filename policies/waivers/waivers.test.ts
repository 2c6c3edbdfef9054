import { expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import { applyWaivers, idleParts, type Verdict, type Waiver, waivers } from "./index.ts";

/** Half a year: after that nobody remembers why the reason was right. */
const longestDays = 180;

test("every waiver accepts rules or checks that exist, has a reason and an owner, and ends within half a year", () => {
  // The clock, on purpose: a waiver that has expired must fail this test on the day after, without a change.
  const now = Date.now();
  const wrong = waivers.flatMap(({ accepts, reason, owner, expires }) => {
    const days = (Date.parse(`${expires}T23:59:59Z`) - now) / 86_400_000;
    const unknown = accepts.filter((id) => !/^CKV2?_/.test(id) && !rules.some((rule) => rule.id === id));
    return [
      ...unknown.map((id) => `${id}: there is no such rule`),
      ...(reason.length >= 40 && owner !== "" ? [] : [`${accepts}: state the reason and the owner`]),
      ...(days > 0 ? [] : [`${accepts}: expired on ${expires}; fix what it accepts, or decide again`]),
      ...(days <= longestDays ? [] : [`${accepts}: lasts until ${expires}; allowed: ${longestDays} days`]),
    ];
  });
  expect(wrong).toEqual([]);
});

const waiver: Waiver = {
  accepts: ["bucket-encrypted", "CKV_AWS_145"],
  resources: ["edge-logs", "flow-logs"],
  environments: ["prod"],
  reason: "An example.",
  owner: "platform team",
  expires: "2026-11-25",
};

function isAccepted(
  id: string,
  resource: string,
  environment: "dev" | "prod" = "prod",
  today = "2026-11-25",
): boolean {
  const found = { id, resource };
  return applyWaivers([found], (one) => one, { environment, today }, [waiver]).violations.length === 0;
}

test("a waiver accepts its rules and checks on its resources, in its environments, until its last day", () => {
  expect(isAccepted("bucket-encrypted", "edge-logs")).toBe(true);
  expect(isAccepted("CKV_AWS_145", "flow-logs")).toBe(true);
  expect(isAccepted("bucket-versioned", "edge-logs")).toBe(false);
  expect(isAccepted("bucket-encrypted", "my-edge-logs")).toBe(false);
  expect(isAccepted("bucket-encrypted", "flow.logs")).toBe(false);
  expect(isAccepted("bucket-encrypted", "")).toBe(false);
  expect(isAccepted("bucket-encrypted", "edge-logs", "dev")).toBe(false);
  expect(isAccepted("bucket-encrypted", "edge-logs", "prod", "2026-11-26")).toBe(false);
});

test("every waiver names its resources in full: a pattern would accept what is added later", () => {
  const patterns = waivers.flatMap(({ accepts, resources }) =>
    resources.filter((name) => /[*?]/.test(name)).map((name) => `${accepts.join(", ")} on "${name}"`),
  );
  expect(patterns).toEqual([]);
  expect(isAccepted("bucket-encrypted", "edge-logs-2")).toBe(false);
});

test("a waiver of a statement accepts no other statement of the same document", () => {
  const ofStatement: Waiver = {
    ...waiver,
    accepts: ["permissions-resources-named"],
    statements: ["ReadSettings"],
  };
  const accepted = (message?: string) => {
    const found = {
      id: "permissions-resources-named",
      resource: "edge-logs",
      ...(message ? { message } : {}),
    };
    const context = { environment: "prod", today: "2026-11-25" } as const;
    return applyWaivers([found], (one) => one, context, [ofStatement]).violations.length === 0;
  };
  expect(accepted('edge-logs: policy: statement "ReadSettings" allows s3:GetBucketAcl on "*"')).toBe(true);
  expect(accepted('edge-logs: policy: statement "ChangeTopics" allows s3:PutObject on "*"')).toBe(false);
  expect(accepted('edge-logs: policy: statement 3 allows s3:PutObject on "*"')).toBe(false);
  expect(accepted()).toBe(false);
});

test("a statement of a waiver is idle when its judge found nothing in it", () => {
  const both: Waiver = { ...waiver, resources: ["edge-logs"], statements: ["Read", "Write"] };
  const found = {
    id: "bucket-encrypted",
    resource: "edge-logs",
    message: 'policy: statement "Read" is open',
  };
  const prod: Verdict<string> = {
    violations: [],
    waived: [{ violation: "a violation", found, waiver: both }],
  };
  const idle = idleParts([both], new Map([["prod", prod]]), (id) => id === "bucket-encrypted");
  expect(idle).toEqual(['bucket-encrypted on statement "Write" in prod: remove it from the waivers']);
});

test("a part of a waiver is idle when its judge found nothing for it", () => {
  const found = { id: "bucket-encrypted", resource: "edge-logs" };
  const prod: Verdict<string> = { violations: [], waived: [{ violation: "a violation", found, waiver }] };
  const idle = idleParts([waiver], new Map([["prod", prod]]), (id) => id === "bucket-encrypted");
  expect(idle).toEqual(['bucket-encrypted on "flow-logs" in prod: remove it from the waivers']);
});
