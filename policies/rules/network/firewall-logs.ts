import {
  custom,
  list,
  mismatch,
  overStack,
  pair,
  property,
  type Rule,
  startOfName,
  text,
  textsInside,
} from "../../kit/index.ts";

const acl = "aws:wafv2/webAcl:WebAcl";
const logging = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";

export const firewallLogRules: readonly Rule[] = [
  pair({
    id: "firewall-logged",
    controls: ["WAF-03"],
    severity: "medium",
    of: acl,
    partner: logging,
    by: "resourceArn",
    wanted: "a logging configuration",
    whatToDo: "log the requests that it blocks",
    pass: {},
  }),
  property({
    id: "firewall-log-destination-named",
    controls: ["WAF-03"],
    severity: "medium",
    types: [logging],
    path: "logDestinationConfigs",
    is: {
      allowed: "a log group, bucket or stream whose name begins with aws-waf-logs-",
      holds: (value) => list(value).length > 0 && list(value).every((one) => /aws-waf-logs-/.test(text(one))),
      right: ["arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-task"],
      wrong: ["arn:aws:logs:us-east-1:111122223333:log-group:task"],
    },
    whatToDo: "use this prefix: AWS WAF refuses other names",
  }),
  custom({
    id: "firewall-log-redacted",
    controls: ["WAF-11"],
    severity: "medium",
    types: [logging],
    whatToDo: "redact authorization and cookie",
    check: ({ redactedFields }) => {
      const names = textsInside(redactedFields).map((name) => name.toLowerCase());
      return ["authorization", "cookie"]
        .filter((name) => !names.includes(name))
        .map((name) => `redactedFields: got no ${name}`);
    },
    pass: {
      redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }],
    },
    fail: { redactedFields: [{ singleHeader: { name: "authorization" } }] },
  }),
  overStack({
    id: "firewall-logs-kept",
    controls: ["WAF-15"],
    severity: "low",
    whatToDo: "keep them for a year in prod, 30 days elsewhere",
    check: (stack, { environment }) => {
      const least = environment === "prod" ? 365 : 30;
      return stack
        .of("aws:cloudwatch/logGroup:LogGroup")
        .filter(
          (one) =>
            startOfName(one).startsWith("aws-waf-logs-") && !(Number(one.inputs.retentionInDays) >= least),
        )
        .map((resource) => ({
          resource,
          message: mismatch("retentionInDays", resource.inputs.retentionInDays, `${least} or more`),
        }));
    },
    pass: [
      { type: "aws:cloudwatch/logGroup:LogGroup", inputs: { name: "aws-waf-logs-a", retentionInDays: 365 } },
    ],
    fail: [
      {
        type: "aws:cloudwatch/logGroup:LogGroup",
        inputs: { namePrefix: "aws-waf-logs-a-", retentionInDays: 7 },
      },
    ],
    missing: [{ type: "aws:cloudwatch/logGroup:LogGroup", inputs: { name: "aws-waf-logs-a" } }],
  }),
];
