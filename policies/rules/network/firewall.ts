import {
  type Context,
  type Environment,
  hardened,
  isRecord,
  list,
  mismatch,
  overStack,
  type Plain,
  pair,
  type Rule,
  type RuleHead,
  read,
  record,
  show,
  text,
  textsInside,
  unless,
} from "../../kit/index.ts";

const acl = "aws:wafv2/webAcl:WebAcl";
/** A rule that is a resource of its own, so that one can change without the list of all. */
const aclRule = "aws:wafv2/webAclRule:WebAclRule";

function rulesOf(inputs: Plain): readonly Plain[] {
  return list(inputs.rules).map(record);
}

interface AclRule extends RuleHead {
  readonly missingIs?: "wrong" | "right";
  /** Sees the ACL with all its rules, wherever they are declared. */
  readonly check: (inputs: Plain, context: Context) => readonly string[];
  readonly pass: Plain;
  readonly fail: Plain;
}

/** A rule over the whole stack, because an ACL has its rules in its own list or in resources that name it. */
function overAcl(rule: AclRule): Rule {
  const example = (inputs: Plain) => [{ type: acl, inputs }];
  return overStack({
    ...rule,
    check: (stack, context) =>
      stack.of(acl).flatMap((resource) => {
        const separate = stack.of(aclRule).filter((one) => stack.linked(one, "webAclArn", resource));
        const all = [...list(resource.inputs.rules), ...separate.map(({ inputs }) => inputs)];
        return rule
          .check({ ...resource.inputs, rules: all }, context)
          .map((message) => ({ resource, message }));
      }),
    pass: example(rule.pass),
    fail: example(rule.fail),
    missing: example({}),
  });
}

/** A managed rule group of AWS that must be present. */
function managedGroup(rule: {
  readonly id: string;
  readonly control: string;
  readonly severity: Rule["severity"];
  readonly environments?: readonly Environment[];
  readonly group: string;
  readonly whatToDo: string;
}): Rule {
  const withGroup = (name: string) => ({
    rules: [
      {
        name,
        statement: { managedRuleGroupStatement: { name, vendorName: "AWS" } },
        overrideAction: { none: {} },
      },
    ],
  });
  return overAcl({
    id: rule.id,
    controls: [rule.control],
    severity: rule.severity,
    ...(rule.environments ? { environments: rule.environments } : {}),
    whatToDo: rule.whatToDo,
    check: (inputs) =>
      unless(
        rulesOf(inputs).some((one) => read(one, "statement.managedRuleGroupStatement.name") === rule.group),
        `rules: got no ${rule.group}`,
      ),
    pass: withGroup(rule.group),
    fail: withGroup("AWSManagedRulesAnonymousIpList"),
  });
}

export const firewallRules: readonly Rule[] = [
  overAcl({
    id: "firewall-has-rules",
    controls: ["WAF-01"],
    severity: "medium",
    whatToDo: "add rules: an empty list admits everything",
    check: (inputs) => unless(rulesOf(inputs).length > 0, "rules: got nothing; allowed: one or more"),
    pass: { rules: [{ name: "common" }] },
    fail: { rules: [] },
  }),
  pair({
    id: "firewall-before-public-balancer",
    controls: ["WAF-02"],
    severity: "high",
    environments: hardened,
    of: "aws:lb/loadBalancer:LoadBalancer",
    when: ({ internal, loadBalancerType }) => internal !== true && loadBalancerType !== "network",
    partner: "aws:wafv2/webAclAssociation:WebAclAssociation",
    by: "resourceArn",
    wanted: "an association with a web ACL",
    whatToDo: "associate the ACL",
    pass: {},
  }),
  overAcl({
    id: "firewall-measured",
    controls: ["WAF-04"],
    severity: "medium",
    whatToDo: "turn metrics and samples on for the ACL and each rule, each with a metric name of its own",
    check: (inputs) => {
      const configs = [
        { at: "visibilityConfig", config: record(inputs.visibilityConfig) },
        ...rulesOf(inputs).map((rule, index) => ({
          at: `rules[${index}].visibilityConfig`,
          config: record(rule.visibilityConfig),
        })),
      ];
      const names = configs.map(({ config }) => text(config.metricName));
      const blind = configs.filter(
        ({ config }) => config.cloudwatchMetricsEnabled !== true || config.sampledRequestsEnabled !== true,
      );
      return [
        ...blind.map(({ at, config }) => mismatch(at, config, "metrics and samples on")),
        ...(new Set(names).size < names.length
          ? [`visibilityConfig: got a metricName twice in ${show(names)}`]
          : []),
      ];
    },
    pass: { visibilityConfig: visible("acl"), rules: [{ visibilityConfig: visible("common") }] },
    fail: {
      visibilityConfig: visible("acl"),
      rules: [{ visibilityConfig: { ...visible("common"), sampledRequestsEnabled: false } }],
    },
  }),
  managedGroup({
    id: "firewall-common-rules",
    control: "WAF-06",
    severity: "high",
    group: "AWSManagedRulesCommonRuleSet",
    whatToDo: "add the managed rule group",
  }),
  managedGroup({
    id: "firewall-sql-rules",
    control: "WAF-07",
    severity: "high",
    environments: hardened,
    group: "AWSManagedRulesSQLiRuleSet",
    whatToDo: "add the managed rule group",
  }),
  managedGroup({
    id: "firewall-reputation-rules",
    control: "WAF-08",
    severity: "medium",
    environments: hardened,
    group: "AWSManagedRulesAmazonIpReputationList",
    whatToDo: "add the managed rule group",
  }),
  overAcl({
    id: "firewall-rate-limited",
    controls: ["WAF-09"],
    severity: "high",
    environments: hardened,
    whatToDo: "add a rate rule with action block by IP or FORWARDED_IP",
    check: (inputs) => {
      const limits = rulesOf(inputs).filter((rule) => {
        const statement = record(read(rule, "statement.rateBasedStatement"));
        return (
          ["IP", "FORWARDED_IP"].includes(text(statement.aggregateKeyType)) &&
          Number(statement.limit) > 0 &&
          isRecord(read(rule, "action.block"))
        );
      });
      return unless(limits.length > 0, "rules: got no rateBasedStatement that blocks");
    },
    pass: rateLimit({ block: {} }),
    fail: rateLimit({ count: {} }),
  }),
  overAcl({
    id: "firewall-rules-act",
    controls: ["WAF-06", "WAF-10"],
    severity: "medium",
    environments: ["prod"],
    missingIs: "right",
    whatToDo: "make it block, after a week of counting in staging",
    check: (inputs) =>
      rulesOf(inputs).flatMap((rule) => {
        const counting = isRecord(read(rule, "action.count")) || isRecord(read(rule, "overrideAction.count"));
        const silent = !isRecord(rule.action) && !isRecord(rule.overrideAction);
        return counting || silent
          ? [`rules: "${text(rule.name)}" got ${counting ? "count" : "no action"}; allowed: block or none`]
          : [];
      }),
    pass: { rules: [{ name: "common", overrideAction: { none: {} } }] },
    fail: { rules: [{ name: "common", overrideAction: { count: {} } }] },
  }),
  overAcl({
    id: "firewall-body-bounded",
    controls: ["WAF-13"],
    severity: "medium",
    environments: hardened,
    whatToDo: "block bodies above the limit of the API, with oversizeHandling MATCH",
    check: (inputs) => {
      const bounded = rulesOf(inputs).some((rule) => {
        const sizes = statementsOf(rule.statement, "sizeConstraintStatement");
        return sizes.some(
          (size) => read(size, "fieldToMatch.body.oversizeHandling") === "MATCH" && Number(size.size) > 0,
        );
      });
      return unless(bounded, "rules: got no sizeConstraintStatement on the body with oversizeHandling MATCH");
    },
    pass: bodyLimit("MATCH"),
    fail: bodyLimit("CONTINUE"),
  }),
  overAcl({
    id: "firewall-internal-paths-closed",
    controls: ["WAF-14"],
    severity: "medium",
    environments: hardened,
    whatToDo: "block requests from the internet to the paths of operators",
    check: (inputs) => {
      const blocked = rulesOf(inputs)
        .filter((rule) => isRecord(read(rule, "action.block")))
        .flatMap((rule) => textsInside(rule.statement));
      return ["/metrics", "/internal", "/debug"]
        .filter((path) => !blocked.some((value) => value.startsWith(path) || matches(value, path)))
        .map((path) => `rules: got nothing that blocks ${path}`);
    },
    pass: {
      rules: [
        {
          action: { block: {} },
          statement: {
            orStatement: {
              statements: ["/metrics", "/internal", "/debug"].map((path) => ({
                byteMatchStatement: { searchString: path },
              })),
            },
          },
        },
      ],
    },
    fail: {
      rules: [{ action: { block: {} }, statement: { byteMatchStatement: { searchString: "/metrics" } } }],
    },
  }),
];

/** A rate limit by address, for examples. */
function rateLimit(action: Plain): Plain {
  return { rules: [{ action, statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 2000 } } }] };
}

/** A size limit on request bodies, for examples. */
function bodyLimit(oversizeHandling: string): Plain {
  const fieldToMatch = { body: { oversizeHandling } };
  return { rules: [{ statement: { sizeConstraintStatement: { size: 262_144, fieldToMatch } } }] };
}

function visible(metricName: string): Plain {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

/** Whether a text, read as the pattern of a rule, finds the path. */
function matches(pattern: string, path: string): boolean {
  // Only a text that begins with ^/ is a pattern of a path; a statement also holds names and header texts.
  return pattern.startsWith("^/") && new RegExp(pattern).test(path);
}

/** Every statement of a kind, at any depth of "and", "or" and "not". */
function statementsOf(statement: unknown, kind: string): readonly Plain[] {
  if (Array.isArray(statement)) return statement.flatMap((item) => statementsOf(item, kind));
  if (!isRecord(statement)) return [];
  return Object.entries(statement).flatMap(([key, value]) =>
    key === kind ? [record(value)] : statementsOf(value, kind),
  );
}
