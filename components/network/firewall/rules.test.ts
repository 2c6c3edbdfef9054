import { expect, test } from "vitest";
import { hiddenPathPattern } from "./rules.ts";
import { type Changes, plan, ruleInputs, ruleType } from "./test/firewall.fixture.ts";

test("the rules have fixed priorities, checks of senders before checks of content, and each has its own metric and action", async () => {
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
    [110, "code-in-bodies"],
  ]);
  for (const rule of ordered) {
    expect(rule.visibilityConfig).toEqual({
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName: `task-test-api-${String(rule.name)}`,
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
    "block",
  ]);
});

test("an internal path is matched as a lenient server would interpret it, and answered with 404", async () => {
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

test("the four groups that are always there cover bad senders, known attacks, common attacks and SQL", async () => {
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

test("an added group has its own priority and moves no other rule", async () => {
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

test("a client above 100 requests per minute gets 429 with Retry-After", async () => {
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

test("in a window of five minutes the limit is five times the rate per minute", async () => {
  const rule = ruleInputs(await plan({ settings: { rateWindowSeconds: 300 } }), "rate-per-client");
  expect(rule.statement).toEqual({
    rateBasedStatement: { limit: 500, evaluationWindowSec: 300, aggregateKeyType: "IP" },
  });
});

test("exempt sources are excluded from the rate rule only", async () => {
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

test("behind a distribution the header identifies clients, and requests without it are counted too", async () => {
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

test("a body longer than WAF inspects must declare a length that the API accepts", async () => {
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

test("the anti-DDoS group never sends a challenge, because API clients cannot answer one", async () => {
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

test.each([
  "/metrics",
  "/v1.0/invoke/app",
  "/dapr/config",
  "/internal/x",
  "/grpc.reflection.v1.ServerReflection/x",
])("the path %s is hidden", (path) => {
  expect(new RegExp(hiddenPathPattern).test(path)).toBe(true);
});

test.each(["/v1/tasks", "/metricsx", "/v1/internal", "/tasks.v1.TaskService/GetTask"])(
  "the path %s is allowed",
  (path) => {
    expect(new RegExp(hiddenPathPattern).test(path)).toBe(false);
  },
);
