import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Firewall } from "./index.ts";
import { aclType, associationType, base, plan, ruleInputs, ruleType } from "./test/firewall.fixture.ts";

test("the ACL allows requests that no rule refuses, hides credentials and ignores inline rules", async () => {
  const acl = (await plan()).one(aclType);
  const { customResponseBodies, ...inputs } = acl.inputs;
  expect(inputs).toEqual({
    description: "Firewall api.",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    dataProtectionConfig: {
      dataProtections: ["authorization", "cookie"].map((header) => ({
        action: "SUBSTITUTION",
        field: { fieldType: "SINGLE_HEADER", fieldKeys: [header] },
      })),
    },
    visibilityConfig: {
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName: "task-test-api",
    },
  });
  expect(acl.options.ignoreChanges).toEqual(["rules"]);
  expect((customResponseBodies as { content: string }[]).map(({ content }) => JSON.parse(content))).toEqual([
    { type: "about:blank", title: "Forbidden", status: 403 },
    { type: "about:blank", title: "Not Found", status: 404 },
    { type: "about:blank", title: "Content Too Large", status: 413 },
    { type: "about:blank", title: "Too Many Requests", status: 429 },
  ]);
});

test("decisions are logged to an encrypted group with retention, without credentials, after its policy exists", async () => {
  const planned = await plan();
  const group = planned.one("aws:cloudwatch/logGroup:LogGroup");
  expect(group.inputs).toEqual({
    namePrefix: "aws-waf-logs-api-",
    retentionInDays: 365,
    kmsKeyId: base.logKeyArn,
  });
  const policy = planned.one("aws:cloudwatch/logResourcePolicy:LogResourcePolicy");
  expect(JSON.parse(String(policy.inputs.policyDocument))).toMatchObject({
    Statement: [
      {
        Principal: { Service: ["delivery.logs.amazonaws.com"] },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${String(group.outputs.arn)}:*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:*" },
        },
      },
    ],
  });
  const logging = planned.one("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
  expect(logging.inputs).toEqual({
    resourceArn: planned.one(aclType).outputs.arn,
    logDestinationConfigs: [group.outputs.arn],
    redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }],
    loggingFilter: {
      defaultBehavior: "DROP",
      filters: [
        {
          behavior: "KEEP",
          requirement: "MEETS_ANY",
          conditions: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({
            actionCondition: { action },
          })),
        },
      ],
    },
  });
  expect(logging.options.dependencies).toContain(policy.urn);
});

test("with logs everything there is no log filter", async () => {
  const planned = await plan({ settings: { logs: "everything" } });
  const logging = planned.one("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
  expect(logging.inputs.loggingFilter).toBeUndefined();
});

test("the load balancer gets the ACL after the last rule, and loses it before the first rule", async () => {
  const planned = await plan();
  const association = planned.one(associationType);
  expect(association.inputs).toEqual({
    resourceArn: base.loadBalancerArns.api,
    webAclArn: planned.one(aclType).outputs.arn,
  });
  for (const rule of planned.all(ruleType)) expect(association.options.dependencies).toContain(rule.urn);
});

test("Shield Advanced protects the load balancer after it has its ACL, with its health check and an alarm", async () => {
  const planned = await plan({
    settings: { shield: "advanced" },
    healthCheckArns: { api: "arn:aws:route53:::healthcheck/1" },
  });
  const protection = planned.one("aws:shield/protection:Protection");
  expect(protection.inputs).toEqual({ resourceArn: base.loadBalancerArns.api });
  const response = planned.one(
    "aws:shield/applicationLayerAutomaticResponse:ApplicationLayerAutomaticResponse",
  );
  expect(response.inputs).toEqual({ resourceArn: base.loadBalancerArns.api, action: "BLOCK" });
  expect(response.options.dependencies).toContain(planned.one(associationType).urn);
  expect(
    planned.one("aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation").inputs,
  ).toEqual({ shieldProtectionId: protection.id, healthCheckArn: "arn:aws:route53:::healthcheck/1" });
  const alarm = planned.one("aws:cloudwatch/metricAlarm:MetricAlarm", "api-alarm-attack-api");
  expect(alarm.inputs).toMatchObject({ metricName: "DDoSDetected", threshold: 0 });
});

test("without Shield Advanced none of its resources is made", async () => {
  expect((await plan()).resources.filter((resource) => resource.type.startsWith("aws:shield/"))).toEqual([]);
});

test("at CloudFront the ACL is global, inspects more of a body and has no association", async () => {
  const planned = await plan({ scope: "cloudfront", loadBalancerArns: {} });
  expect(planned.one(aclType).inputs.scope).toBe("CLOUDFRONT");
  expect(planned.all(associationType)).toEqual([]);
  expect(JSON.stringify(ruleInputs(planned, "body-limit"))).toContain('"size":16384');
  const alarm = planned.one("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(alarm.inputs.dimensions).toEqual({ WebACL: "task-test-api", Rule: "ALL" });
  expect(planned.outputs.webAclArn).toContain("global/webacl/");
});

test.each([
  ["retain-all", true],
  ["retain-data", false],
  ["remove", false],
] as const)("with removal %s the ACL is protected: %s", async (removal, kept) => {
  expect((await plan({ removal })).one(aclType).options.protect).toBe(kept);
});

test("preview and resolved mode make the same resources", async () => {
  const program = () => void new Firewall("api", base);
  const [preview, resolved] = [await planProgram(program, { mode: "preview" }), await planProgram(program)];
  expect(preview.resources.map(({ urn }) => urn)).toEqual(resolved.resources.map(({ urn }) => urn));
});

test("wrong arguments are refused together, before anything is created", async () => {
  await expect(
    plan({ loadBalancerArns: {}, settings: { requestsPerMinutePerClient: 5, logRetentionDays: 42 } }),
  ).rejects.toThrow(/firewall "api": 3 problems, nothing was created\.\n {2}- settings\.requestsPerMinute/);
});
