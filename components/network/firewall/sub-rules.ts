import type { GroupKey } from "./rule-groups.ts";

/**
 * Rules inside a group of AWS. Names and labels from the tables of the AWS WAF developer guide, "AWS Managed Rules rule
 * groups list". WAF silently ignores an override of a rule that does not exist, so a wrong name is no error: it leaves the
 * rule with its own answer.
 */
interface SubRules {
  /** Rules that look for code in a body, by their label. Prose about code, or a quotation of it, looks the same. */
  readonly inBodies: Readonly<Record<string, string>>;
  /** Other rules that refuse. Those that only count by AWS's choice are not listed: an override would make them refuse. */
  readonly elsewhere: readonly string[];
}

const label = (group: string, name: string) => `awswaf:managed:aws:${group}:${name}`;

export const subRules: Readonly<Partial<Record<GroupKey, SubRules>>> = {
  common: {
    inBodies: {
      CrossSiteScripting_BODY: label("core-rule-set", "CrossSiteScripting_Body"),
      EC2MetaDataSSRF_BODY: label("core-rule-set", "EC2MetaDataSSRF_Body"),
      GenericLFI_BODY: label("core-rule-set", "GenericLFI_Body"),
      GenericRFI_BODY: label("core-rule-set", "GenericRFI_Body"),
    },
    elsewhere: [
      "CrossSiteScripting_COOKIE",
      "CrossSiteScripting_QUERYARGUMENTS",
      "CrossSiteScripting_URIPATH",
      "EC2MetaDataSSRF_COOKIE",
      "EC2MetaDataSSRF_QUERYARGUMENTS",
      "EC2MetaDataSSRF_URIPATH",
      "GenericLFI_QUERYARGUMENTS",
      "GenericLFI_URIPATH",
      "GenericRFI_QUERYARGUMENTS",
      "GenericRFI_URIPATH",
      "NoUserAgent_HEADER",
      "RestrictedExtensions_QUERYARGUMENTS",
      "RestrictedExtensions_URIPATH",
      "SizeRestrictions_Cookie_HEADER",
      "SizeRestrictions_QUERYSTRING",
      "SizeRestrictions_URIPATH",
      "UserAgent_BadBots_HEADER",
    ],
  },
  sql: {
    inBodies: {
      SQLi_BODY: label("sql-database", "SQLi_Body"),
      SQLiExtendedPatterns_BODY: label("sql-database", "SQLiExtendedPatterns_Body"),
    },
    elsewhere: ["SQLi_COOKIE", "SQLi_QUERYARGUMENTS", "SQLiExtendedPatterns_QUERYARGUMENTS"],
  },
  posix: {
    inBodies: {
      UNIXShellCommandsVariables_BODY: label("posix-os", "UNIXShellCommandsVariables_Body"),
    },
    elsewhere: ["UNIXShellCommandsVariables_HEADER", "UNIXShellCommandsVariables_QUERYSTRING"],
  },
  "known-bad-inputs": {
    // These stay: nobody writes a serialized object or a look-up of Log4j by chance.
    inBodies: {},
    elsewhere: [
      "ExploitablePaths_URIPATH",
      "Host_localhost_HEADER",
      "JavaDeserializationRCE_BODY",
      "JavaDeserializationRCE_HEADER",
      "JavaDeserializationRCE_QUERYSTRING",
      "JavaDeserializationRCE_URIPATH",
      "Log4JRCE_BODY",
      "Log4JRCE_HEADER",
      "Log4JRCE_QUERYSTRING",
      "Log4JRCE_URIPATH",
      "PROPFIND_METHOD",
    ],
  },
  "ip-reputation": {
    inBodies: {},
    elsewhere: ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList"],
  },
  "anonymous-sources": { inBodies: {}, elsewhere: ["AnonymousIPList", "HostingProviderIPList"] },
  linux: { inBodies: {}, elsewhere: ["LFI_HEADER", "LFI_QUERYSTRING", "LFI_URIPATH"] },
};

/** Labels of the rules that look for code in a body, of the groups that refuse. */
export function bodyLabels(groups: readonly GroupKey[]): readonly string[] {
  return groups.flatMap((key) => Object.values(subRules[key]?.inBodies ?? {})).toSorted();
}
