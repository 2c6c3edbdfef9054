import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { atMostPattern } from "./number-pattern.ts";
import {
  type GroupKey,
  groupsInUse,
  managedGroups,
  type OwnRuleKey,
  ownRules,
  type RuleKey,
} from "./rule-groups.ts";
import type { FirewallScope, FirewallSettings } from "./settings.ts";
import { bodyLabels, subRules } from "./sub-rules.ts";

type Rule = Omit<aws.wafv2.WebAclRuleArgs, "webAclArn"> & {
  readonly name: RuleKey;
  readonly priority: number;
};
type Statement = aws.types.input.wafv2.WebAclRuleStatement;

export interface RuleArgs {
  /** Prefix of every metric name, unique in the account and region. */
  readonly name: string;
  readonly scope: FirewallScope;
  /** What identifies a client: the source address, or the first address of X-Forwarded-For. */
  readonly client: "source-address" | "forwarded-for";
  readonly settings: FirewallSettings;
  /** Collections whose bodies hold what people write, such as "/v1/tasks". */
  readonly freeTextPaths: readonly string[];
  /** IP set that the rate rule excludes. */
  readonly exemptSetArn?: pulumi.Input<string>;
}

/** Internal paths, refused whatever a listener forwards: metrics, debugging, Dapr and gRPC reflection. */
export const hiddenPathPattern =
  "^/(metrics|internal|debug|admin|dapr|v1\\.0|grpc\\.reflection\\.[^/]*)(/|$)";

/** Bytes of a body that WAF inspects: fixed for load balancers, the smallest setting for CloudFront. */
const inspectedBytes: Readonly<Record<FirewallScope, number>> = { regional: 8192, cloudfront: 16_384 };

/** All rules in the order of their priorities. */
export function webAclRules(args: RuleArgs): Rule[] {
  return [
    ...ownRuleList(args),
    ...groupsInUse(args.settings.extraGroups).map((key) => groupRule(args, key)),
  ].toSorted((a, b) => a.priority - b.priority);
}

function ownRuleList(args: RuleArgs): Rule[] {
  return [
    ownRule(args, "hidden-paths", 404, hiddenPaths()),
    ownRule(args, "body-limit", 413, bodyLimit(args)),
    ownRule(args, "rate-per-client", 429, ratePerClient(args)),
    ownRule(args, "code-in-bodies", 403, codeInBodies(args)),
  ];
}

/**
 * Bodies of refusals, in the error format of the API. They are sent as `application/json`: WAF has three content types for
 * them, and no header of that name may be added (AWS WAF developer guide, "Custom responses").
 */
export const responseBodies: aws.types.input.wafv2.WebAclCustomResponseBody[] = [
  { key: "status-403", contentType: "APPLICATION_JSON", content: problem(403, "Forbidden") },
  { key: "status-404", contentType: "APPLICATION_JSON", content: problem(404, "Not Found") },
  { key: "status-413", contentType: "APPLICATION_JSON", content: problem(413, "Content Too Large") },
  { key: "status-429", contentType: "APPLICATION_JSON", content: problem(429, "Too Many Requests") },
];

function problem(status: number, title: string): string {
  return JSON.stringify({ type: "about:blank", title, status });
}

function counts(args: RuleArgs, key: RuleKey): boolean {
  const { mode, watchedRules } = args.settings;
  // Where every group with body rules is watched, nothing is left to refuse by their labels.
  const idle = key === "code-in-bodies" && refusingLabels(args).length === 0;
  return mode === "count" || watchedRules.includes(key) || idle;
}

function ownRule(args: RuleArgs, key: OwnRuleKey, status: 403 | 404 | 413 | 429, statement: Statement): Rule {
  const block = {
    customResponse: {
      responseCode: status,
      customResponseBodyKey: `status-${status}`,
      // After one window the client is allowed again.
      ...(status === 429
        ? { responseHeaders: [{ name: "Retry-After", value: String(args.settings.rateWindowSeconds) }] }
        : {}),
    },
  };
  return {
    name: key,
    priority: ownRules[key].priority,
    action: counts(args, key) ? { count: {} } : { block },
    statement,
    visibilityConfig: visibility(`${args.name}-${key}`),
  };
}

function groupRule(args: RuleArgs, key: GroupKey): Rule {
  return {
    name: key,
    priority: managedGroups[key].priority,
    overrideAction: counts(args, key) ? { count: {} } : { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: managedGroups[key].name,
        ...ruleActionOverrides(key),
        ...(key === "anti-ddos" ? { managedRuleGroupConfigs: [antiDdosConfig] } : {}),
      },
    },
    visibilityConfig: visibility(`${args.name}-${key}`),
  };
}

/**
 * Rules of a group that look for code in bodies only count and leave their label: our rule "code-in-bodies" decides by the
 * path. The others refuse as AWS made them, but with the body of the API. A rule that AWS adds later refuses with its own.
 */
function ruleActionOverrides(key: GroupKey) {
  const { inBodies, elsewhere } = subRules[key] ?? { inBodies: {}, elsewhere: [] };
  const refuse = { block: { customResponse: { responseCode: 403, customResponseBodyKey: "status-403" } } };
  const overrides = [
    // This rule refuses every body above 8 KiB; our own rule has the limit of the API.
    ...(key === "common" ? [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }] : []),
    ...Object.keys(inBodies).map((name) => ({ name, actionToUse: { count: {} } })),
    ...elsewhere.map((name) => ({ name, actionToUse: refuse })),
  ];
  return overrides.length > 0 ? { ruleActionOverrides: overrides } : {};
}

/** No challenge: API clients run no JavaScript, so a challenge would refuse them without an error they understand. */
const antiDdosConfig = {
  awsManagedRulesAntiDdosRuleSet: {
    clientSideActionConfig: { challenge: { usageOfAction: "DISABLED" } },
    sensitivityToBlock: "LOW",
  },
};

/** Metrics and samples per rule: without them nobody can decide to change a rule from count to block. */
export function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

function hiddenPaths(): Statement {
  return {
    regexMatchStatement: {
      regexString: hiddenPathPattern,
      fieldToMatch: { uriPath: {} },
      // Decoded, normalized and in lower case: the path as a lenient server would interpret it.
      textTransformations: [
        { priority: 0, type: "URL_DECODE" },
        { priority: 1, type: "NORMALIZE_PATH" },
        { priority: 2, type: "LOWERCASE" },
      ],
    },
  };
}

/**
 * WAF inspects only the start of a body. A longer body must declare its length, and the API must accept that length;
 * otherwise it is refused. A shorter body needs no header, as in gRPC messages.
 */
function bodyLimit(args: RuleArgs): Statement {
  return {
    andStatement: {
      statements: [
        {
          sizeConstraintStatement: {
            comparisonOperator: "GE",
            size: Math.min(inspectedBytes[args.scope], args.settings.maxBodyBytes + 1),
            fieldToMatch: { body: { oversizeHandling: "MATCH" } },
            textTransformations: [{ priority: 0, type: "NONE" }],
          },
        },
        {
          notStatement: {
            statement: {
              regexMatchStatement: {
                regexString: atMostPattern(args.settings.maxBodyBytes),
                fieldToMatch: { singleHeader: { name: "content-length" } },
                textTransformations: [{ priority: 0, type: "NONE" }],
              },
            },
          },
        },
      ],
    },
  };
}

/**
 * Code in a body is refused, except where bodies hold free text: a task named "drop table" or "../../etc/passwd" is no
 * attack, and the API binds every value (kodustech/kodus-ai#1886). The path is matched as it is, so that no lenient
 * reading of another path becomes an exception.
 */
function codeInBodies(args: RuleArgs): Statement {
  const labels = refusingLabels(args);
  const all = labels.length > 0 ? labels : bodyLabels(groupsInUse(args.settings.extraGroups));
  const matches = all.map((key) => ({ labelMatchStatement: { scope: "LABEL", key } }));
  const [only, ...more] = matches;
  return {
    andStatement: {
      statements: [
        // WAF accepts no list of one.
        only && more.length === 0 ? only : { orStatement: { statements: matches } },
        {
          notStatement: {
            statement: {
              regexMatchStatement: {
                regexString: freeTextPattern(args.freeTextPaths),
                fieldToMatch: { uriPath: {} },
                textTransformations: [{ priority: 0, type: "NONE" }],
              },
            },
          },
        },
      ],
    },
  };
}

/** Labels of body rules whose groups refuse: a watched group refuses nothing, so its labels do not either. */
function refusingLabels(args: RuleArgs): readonly string[] {
  const { watchedRules, extraGroups } = args.settings;
  return bodyLabels(groupsInUse(extraGroups).filter((key) => !watchedRules.includes(key)));
}

/** A collection and its members: "/v1/tasks" and "/v1/tasks/1", and nothing below. */
export function freeTextPattern(paths: readonly string[]): string {
  const collections = paths.map((path) => path.replaceAll(".", "\\."));
  return `^(${collections.join("|")})(/[^/]*)?$`;
}

/** Requests per window: 100 per minute is 100 in 60 s, or 500 in 300 s. */
export function rateLimit(
  settings: Pick<FirewallSettings, "requestsPerMinutePerClient" | "rateWindowSeconds">,
): number {
  return (settings.requestsPerMinutePerClient * settings.rateWindowSeconds) / 60;
}

function ratePerClient(args: RuleArgs): Statement {
  return {
    rateBasedStatement: {
      limit: rateLimit(args.settings),
      evaluationWindowSec: args.settings.rateWindowSeconds,
      ...(args.client === "source-address"
        ? { aggregateKeyType: "IP" }
        : {
            aggregateKeyType: "FORWARDED_IP",
            // A request without the header bypassed the distribution, so it counts too.
            forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior: "MATCH" },
          }),
      ...(args.exemptSetArn === undefined
        ? {}
        : {
            scopeDownStatement: {
              notStatement: { statement: { ipSetReferenceStatement: exemption(args, args.exemptSetArn) } },
            },
          }),
    },
  };
}

function exemption(args: RuleArgs, arn: pulumi.Input<string>) {
  return {
    arn,
    ...(args.client === "source-address"
      ? {}
      : {
          ipSetForwardedIpConfig: {
            headerName: "X-Forwarded-For",
            // The distribution adds the last address; a client can write the others itself.
            position: "LAST",
            fallbackBehavior: "NO_MATCH",
          },
        }),
  };
}
