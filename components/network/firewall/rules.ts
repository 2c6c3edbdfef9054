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

type Rule = Omit<aws.wafv2.WebAclRuleArgs, "webAclArn"> & {
  readonly name: RuleKey;
  readonly priority: number;
};
type Statement = aws.types.input.wafv2.WebAclRuleStatement;

export interface RuleArgs {
  /** Start of every metric name, unique in the account and region. */
  readonly name: string;
  readonly scope: FirewallScope;
  /** Whose requests are counted together: the peer, or the first address of X-Forwarded-For. */
  readonly client: "source-address" | "forwarded-for";
  readonly settings: FirewallSettings;
  /** Set of addresses the rate rule leaves alone. */
  readonly exemptSetArn?: pulumi.Input<string>;
}

/** Paths the internet has no business on, whatever a listener forwards: metrics, debugging, Dapr and reflection. */
export const hiddenPathPattern =
  "^/(metrics|internal|debug|admin|dapr|v1\\.0|grpc\\.reflection\\.[^/]*)(/|$)";

/** Bytes of a body that WAF reads: fixed at load balancers, the cheapest step at CloudFront. */
export const inspectedBytes: Readonly<Record<FirewallScope, number>> = { regional: 8192, cloudfront: 16_384 };

/** Every rule in the order of evaluation, which the priorities say and no list. */
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
  ];
}

/** Answers of our own rules, in the words of the API's errors. WAF knows no `application/problem+json`. */
export const responseBodies: aws.types.input.wafv2.WebAclCustomResponseBody[] = [
  { key: "status-404", contentType: "APPLICATION_JSON", content: problem(404, "Not Found") },
  { key: "status-413", contentType: "APPLICATION_JSON", content: problem(413, "Content Too Large") },
  { key: "status-429", contentType: "APPLICATION_JSON", content: problem(429, "Too Many Requests") },
];

function problem(status: number, title: string): string {
  return JSON.stringify({ type: "about:blank", title, status });
}

function counts(args: RuleArgs, key: RuleKey): boolean {
  return args.settings.mode === "count" || args.settings.watchedRules.includes(key);
}

function ownRule(args: RuleArgs, key: OwnRuleKey, status: 404 | 413 | 429, statement: Statement): Rule {
  const block = {
    customResponse: {
      responseCode: status,
      customResponseBodyKey: `status-${status}`,
      // A client that waits a window is let in again.
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
        ...(key === "common"
          ? {
              // It refuses every body above 8 KiB; our own rule knows what the API accepts.
              ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
            }
          : {}),
        ...(key === "anti-ddos" ? { managedRuleGroupConfigs: [antiDdosConfig] } : {}),
      },
    },
    visibilityConfig: visibility(`${args.name}-${key}`),
  };
}

/** No challenge: clients of an API run no JavaScript, so a challenge would be a refusal without saying so. */
const antiDdosConfig = {
  awsManagedRulesAntiDdosRuleSet: {
    clientSideActionConfig: { challenge: { usageOfAction: "DISABLED" } },
    sensitivityToBlock: "LOW",
  },
};

/** Metrics and samples of each rule under its own name: a rule nobody can see cannot be moved from count to block. */
export function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

function hiddenPaths(): Statement {
  return {
    regexMatchStatement: {
      regexString: hiddenPathPattern,
      fieldToMatch: { uriPath: {} },
      // Decoded, lower-cased and with its dots resolved: the path as a careless server would read it.
      textTransformations: [
        { priority: 0, type: "URL_DECODE" },
        { priority: 1, type: "NORMALIZE_PATH" },
        { priority: 2, type: "LOWERCASE" },
      ],
    },
  };
}

/**
 * WAF reads only the start of a body. One that goes on behind it must say its length, and that must be one the API
 * accepts; otherwise it is refused. What is short passes without a header, as gRPC's messages do.
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

/** Requests a window; 100 a minute is 100 in 60 s, or 500 in 300 s. */
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
            // A request without the header did not come through the distribution.
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
            // The last address is the one the distribution wrote; a client can write the others itself.
            position: "LAST",
            fallbackBehavior: "NO_MATCH",
          },
        }),
  };
}
