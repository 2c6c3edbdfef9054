import type { Mutation } from "../mutation.ts";

/** The block "firewall". */
export const firewallMutations: readonly Mutation[] = [
  {
    what: "the firewall only counts",
    file: "components/network/firewall/rules.ts",
    find: 'args.settings.mode === "count" ||',
    replace: "true ||",
    caughtBy: {
      file: "components/network/firewall/rules.test.ts",
      test: "the rules have fixed priorities, checks of senders before checks of content, and each has its own metric and action",
    },
  },
  {
    what: "the rate limit is sixty times as high",
    file: "components/network/firewall/rules.ts",
    in: "rateLimit",
    find: "settings.rateWindowSeconds)",
    replace: "settings.rateWindowSeconds * 60)",
    caughtBy: {
      file: "components/network/firewall/rules.test.ts",
      test: "a client above 100 requests per minute gets 429 with Retry-After",
    },
  },
  {
    what: "metrics and admin paths are open to the internet",
    file: "components/network/firewall/rules.ts",
    find: "metrics|internal|debug|admin|",
    replace: "debug|",
    caughtBy: { file: "components/network/firewall/rules.test.ts", test: "the path /metrics is hidden" },
  },
  {
    what: "encoded hidden paths are not refused",
    file: "components/network/firewall/rules.ts",
    find: '        { priority: 0, type: "URL_DECODE" },',
    replace: "",
    caughtBy: {
      file: "components/network/firewall/rules.test.ts",
      test: "an internal path is matched as a lenient server would interpret it, and answered with 404",
    },
  },
  {
    what: "bodies of any size pass",
    file: "components/network/firewall/rules.ts",
    find: 'oversizeHandling: "MATCH"',
    replace: 'oversizeHandling: "CONTINUE"',
    caughtBy: {
      file: "components/network/firewall/rules.test.ts",
      test: "a body longer than WAF inspects must declare a length that the API accepts",
    },
  },
  {
    what: "tokens are written to the log of the firewall",
    file: "components/network/firewall/logging.ts",
    find: 'const redactedHeaders = ["authorization", "cookie"]',
    replace: 'const redactedHeaders = ["cookie"]',
    caughtBy: {
      file: "components/network/firewall/firewall.test.ts",
      test: "the ACL allows requests that no rule refuses, hides credentials and ignores inline rules",
    },
  },
  {
    what: "the log of the firewall is not redacted",
    file: "components/network/firewall/logging.ts",
    find: "      redactedFields: redactedHeaders.map((header) => ({ singleHeader: { name: header } })),",
    replace: "",
    caughtBy: {
      file: "components/network/firewall/firewall.test.ts",
      test: "decisions are logged to an encrypted group with retention, without credentials, after its policy exists",
    },
  },
  {
    what: "requests with known attacks pass",
    file: "components/network/firewall/rule-groups.ts",
    find: 'name: "AWSManagedRulesKnownBadInputsRuleSet"',
    replace: 'name: "AWSManagedRulesBotControlRuleSet"',
    caughtBy: {
      file: "components/network/firewall/rules.test.ts",
      test: "the four groups that are always there cover bad senders, known attacks, common attacks and SQL",
    },
  },
  {
    what: "the firewall protects no load balancer",
    file: "components/network/firewall/firewall.ts",
    find: "    createAssociations(name, args, webAcl, rules, this);",
    replace: "",
    caughtBy: {
      file: "components/network/firewall/firewall.test.ts",
      test: "the load balancer gets the ACL after the last rule, and loses it before the first rule",
    },
  },
  {
    what: "every update removes the rules of the firewall",
    file: "components/network/firewall/firewall.ts",
    find: '      ignoreChanges: ["rules"],',
    replace: "",
    caughtBy: {
      file: "components/network/firewall/firewall.test.ts",
      test: "the ACL allows requests that no rule refuses, hides credentials and ignores inline rules",
    },
  },
];
