import { expect, test } from "vitest";
import { type Changes, plan, ruleInputs, ruleType } from "./test/firewall.fixture.ts";

test("the rules have fixed places, senders before contents, and each its own metric and action", async () => {
  const rules = (await plan()).all(ruleType).map(({ inputs }) => inputs);
  const ordered = rules.toSorted((a, b) => Number(a.priority) - Number(b.priority));
  expect(ordered.map((rule) => [rule.priority, rule.name])).toEqual([
    [10, "hidden-paths"],
    [20, "body-limit"],
    [30, "rate-per-client"],
    [40, "ip-reputation"],
    [60, "known-bad-inputs"],
    [70, "common"],
    [80, "sql"],
  ]);
  for (const rule of ordered) {
    expect(rule.visibilityConfig).toEqual({
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName: `api-${String(rule.name)}`,
    });
  }
  expect(ordered.map((rule) => Object.keys((rule.action ?? rule.overrideAction) as object)[0])).toEqual([
    "block",
    "block",
    "block",
    "none",
    "none",
    "none",
    "none",
  ]);
});

test("a path for the inside only is looked for as a careless server would read it, and is not found", async () => {
  const rule = ruleInputs(await plan(), "hidden-paths");
  // In this order: an encoded dot must be a dot before dots are resolved.
  expect(rule.statement).toMatchObject({
    regexMatchStatement: {
      fieldToMatch: { uriPath: {} },
      textTransformations: [
        { priority: 0, type: "URL_DECODE" },
        { priority: 1, type: "NORMALIZE_PATH" },
        { priority: 2, type: "LOWERCASE" },
      ],
    },
  });
  expect(rule.action).toEqual({
    block: { customResponse: { responseCode: 404, customResponseBodyKey: "status-404" } },
  });
});

test("the groups that are always there know bad senders, known attacks, common ones and SQL", async () => {
  const groups = (await plan()).all(ruleType).flatMap(({ inputs }) => {
    const { managedRuleGroupStatement } = inputs.statement as {
      managedRuleGroupStatement?: { name: string; vendorName: string };
    };
    return managedRuleGroupStatement ? [[inputs.name, managedRuleGroupStatement.name]] : [];
  });
  expect(groups).toEqual([
    ["common", "AWSManagedRulesCommonRuleSet"],
    ["ip-reputation", "AWSManagedRulesAmazonIpReputationList"],
    ["known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet"],
    ["sql", "AWSManagedRulesSQLiRuleSet"],
  ]);
});

test("an added group takes its own place and moves no other rule", async () => {
  const priorities = async (changes: Changes) =>
    Object.fromEntries(
      (await plan(changes)).all(ruleType).map(({ name, inputs }) => [name, inputs.priority]),
    );
  const before = await priorities({});
  const after = await priorities({ settings: { extraGroups: ["anonymous-sources", "anti-ddos"] } });
  expect(after).toEqual({ ...before, "api-anonymous-sources": 50, "api-anti-ddos": 5 });
});

test("in count mode every rule counts and none refuses", async () => {
  const rules = (await plan({ settings: { mode: "count" } })).all(ruleType);
  expect(rules.map(({ inputs }) => inputs.action ?? inputs.overrideAction)).toEqual(
    rules.map(() => ({ count: {} })),
  );
});

test("a watched rule counts while the others refuse, and a surge of what it would refuse is an alarm", async () => {
  const planned = await plan({ settings: { watchedRules: ["common"] } });
  expect(ruleInputs(planned, "common").overrideAction).toEqual({ count: {} });
  expect(ruleInputs(planned, "sql").overrideAction).toEqual({ none: {} });
  const alarms = planned.all("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(alarms.map(({ name, inputs }) => [name, inputs.metricName])).toEqual([
    ["api-alarm-blocked-surge", "BlockedRequests"],
    ["api-alarm-watched-surge", "CountedRequests"],
  ]);
});

test("a client above 100 requests a minute gets 429 and is told when to come back", async () => {
  const rule = ruleInputs(await plan(), "rate-per-client");
  expect(rule.statement).toEqual({
    rateBasedStatement: { limit: 100, evaluationWindowSec: 60, aggregateKeyType: "IP" },
  });
  expect(rule.action).toEqual({
    block: {
      customResponse: {
        responseCode: 429,
        customResponseBodyKey: "status-429",
        responseHeaders: [{ name: "Retry-After", value: "60" }],
      },
    },
  });
});

test("over five minutes the same rate is five times the number", async () => {
  const rule = ruleInputs(await plan({ settings: { rateWindowSeconds: 300 } }), "rate-per-client");
  expect(rule.statement).toEqual({
    rateBasedStatement: { limit: 500, evaluationWindowSec: 300, aggregateKeyType: "IP" },
  });
});

test("exempt sources are outside of the rate rule only", async () => {
  const planned = await plan({ settings: { exemptCidrs: ["198.51.100.0/24", "192.0.2.7/32"] } });
  const set = planned.one("aws:wafv2/ipSet:IpSet");
  expect(set.inputs).toEqual({
    description: "Sources without a rate limit.",
    scope: "REGIONAL",
    ipAddressVersion: "IPV4",
    addresses: ["192.0.2.7/32", "198.51.100.0/24"],
  });
  expect(ruleInputs(planned, "rate-per-client").statement).toMatchObject({
    rateBasedStatement: {
      scopeDownStatement: {
        notStatement: { statement: { ipSetReferenceStatement: { arn: set.outputs.arn } } },
      },
    },
  });
  expect(
    JSON.stringify(planned.all(ruleType).map(({ inputs }) => inputs)).match(/ipSetReference/g)?.length,
  ).toBe(1);
});

test("behind a distribution clients are told apart by the header, and one without it is counted too", async () => {
  const planned = await plan({ client: "forwarded-for", settings: { exemptCidrs: ["192.0.2.7/32"] } });
  expect(ruleInputs(planned, "rate-per-client").statement).toMatchObject({
    rateBasedStatement: {
      aggregateKeyType: "FORWARDED_IP",
      forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior: "MATCH" },
      scopeDownStatement: {
        notStatement: {
          statement: { ipSetReferenceStatement: { ipSetForwardedIpConfig: { position: "LAST" } } },
        },
      },
    },
  });
});

test("a body behind what WAF reads must declare a length the API accepts", async () => {
  const { andStatement } = ruleInputs(await plan(), "body-limit").statement as {
    andStatement: { statements: [Record<string, unknown>, Record<string, unknown>] };
  };
  expect(andStatement.statements[0]).toEqual({
    sizeConstraintStatement: {
      comparisonOperator: "GE",
      size: 8192,
      fieldToMatch: { body: { oversizeHandling: "MATCH" } },
      textTransformations: [{ priority: 0, type: "NONE" }],
    },
  });
  expect(andStatement.statements[1]).toMatchObject({
    notStatement: {
      statement: { regexMatchStatement: { fieldToMatch: { singleHeader: { name: "content-length" } } } },
    },
  });
});

test("the common group leaves bodies to our own limit", async () => {
  expect(ruleInputs(await plan(), "common").statement).toEqual({
    managedRuleGroupStatement: {
      vendorName: "AWS",
      name: "AWSManagedRulesCommonRuleSet",
      ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
    },
  });
});

test("the anti-DDoS group never sends a challenge, which no client of an API can answer", async () => {
  const planned = await plan({ settings: { extraGroups: ["anti-ddos"] } });
  expect(ruleInputs(planned, "anti-ddos").statement).toMatchObject({
    managedRuleGroupStatement: {
      managedRuleGroupConfigs: [
        {
          awsManagedRulesAntiDdosRuleSet: {
            clientSideActionConfig: { challenge: { usageOfAction: "DISABLED" } },
            sensitivityToBlock: "LOW",
          },
        },
      ],
    },
  });
});
