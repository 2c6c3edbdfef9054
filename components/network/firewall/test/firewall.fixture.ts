import { type Plan, planProgram } from "../../../../tools/plan/index.ts";
import { Firewall, type FirewallArgs } from "../index.ts";

/** Valid arguments of a firewall. */
export const base: FirewallArgs = {
  prefix: "task-test",
  settings: {
    mode: "block",
    watchedRules: [],
    extraGroups: [],
    requestsPerMinutePerClient: 100,
    rateWindowSeconds: 60,
    exemptCidrs: [],
    maxBodyBytes: 10_485_760,
    capacityUnits: "included",
    logs: "decisions",
    logRetentionDays: 365,
    alarmAboveBlockedPerMinute: 600,
    shield: "standard",
  },
  scope: "regional",
  client: "source-address",
  freeTextPaths: ["/v1/tasks", "/tasks.v1.TaskService"],
  accountId: "123456789012",
  region: "us-east-1",
  removal: "retain-all",
  loadBalancerArns: { api: "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/api/1" },
  logKeyArn: "arn:aws:kms:us-east-1:123456789012:key/logs",
  alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:page",
};

export type Changes = Partial<Omit<FirewallArgs, "settings">> & {
  settings?: Partial<FirewallArgs["settings"]>;
};

/** The plan of the block alone. */
export function plan(changes: Changes = {}): Promise<Plan> {
  const args = { ...base, ...changes, settings: { ...base.settings, ...changes.settings } };
  return planProgram(() => {
    const firewall = new Firewall("api", args);
    return { webAclArn: firewall.webAclArn, logGroupName: firewall.logGroupName };
  });
}

export const ruleType = "aws:wafv2/webAclRule:WebAclRule";
export const aclType = "aws:wafv2/webAcl:WebAcl";
export const associationType = "aws:wafv2/webAclAssociation:WebAclAssociation";

/** Inputs of one rule, by its key. */
export function ruleInputs(planned: Plan, key: string): Record<string, unknown> {
  return planned.one(ruleType, `api-${key}`).inputs;
}
