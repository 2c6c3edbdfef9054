import { atLeast, between, customKey } from "../requirements.ts";
import { hardened, property } from "../rule.ts";
import type { Rule } from "../types.ts";
import { text } from "../values.ts";

const group = "aws:cloudwatch/logGroup:LogGroup";

export const logRules: readonly Rule[] = [
  property({
    id: "log-own-key",
    controls: ["CW-01", "NET-02"],
    severity: "medium",
    types: [group],
    path: "kmsKeyId",
    is: customKey,
    whatToDo: "give it the key of the logs",
  }),
  property({
    id: "log-kept-and-ended",
    controls: ["CW-02", "NET-02"],
    severity: "medium",
    types: [group],
    path: "retentionInDays",
    // The standby holds what prod holds, and for as long.
    is: { dev: between(7, 30), staging: between(30, 90), prod: atLeast(30), dr: atLeast(7) },
    whatToDo: "choose an end: a group without one is kept and paid for ever",
  }),
  property({
    id: "log-of-audit-kept-a-year",
    controls: ["CW-03", "WAF-15"],
    severity: "medium",
    environments: ["prod"],
    types: [group],
    path: "retentionInDays",
    when: ({ name }) => /(\/aws\/eks\/.*\/cluster|aws-waf-logs-|cloudtrail|audit|flow)/.test(text(name)),
    rest: { name: "/aws/eks/task-prod/cluster" },
    is: atLeast(365),
    whatToDo: "keep it for a year: break-ins are found after half a year on average",
  }),
  property({
    id: "log-of-audit-protected",
    controls: ["CW-13"],
    severity: "low",
    environments: ["prod"],
    types: [group],
    path: "deletionProtectionEnabled",
    when: ({ name }) => /(cloudtrail|audit)/.test(text(name)),
    rest: { name: "/task/audit" },
    is: { allowed: "true", holds: (value) => value === true, right: true, wrong: false },
    whatToDo: "turn it on",
  }),
  property({
    id: "metrics-own-key",
    controls: ["CW-15"],
    severity: "medium",
    environments: hardened,
    types: ["aws:amp/workspace:Workspace"],
    path: "kmsKeyArn",
    is: customKey,
    whatToDo: "give it a key of ours",
  }),
  property({
    id: "metrics-logged",
    controls: ["CW-15"],
    severity: "medium",
    environments: hardened,
    types: ["aws:amp/workspace:Workspace"],
    path: "loggingConfiguration.logGroupArn",
    is: { allowed: "a log group", holds: (value) => text(value) !== "", right: "arn:aws:logs:x", wrong: "" },
    whatToDo: "log what it refuses",
  }),
];
