import { logRetentionProblems, type Problem } from "../../base/core/index.ts";
import type { IssuerArgs } from "./args.ts";

/** Limits of the Cognito API. */
const most = { scopes: 100, urls: 100, nameLength: 256 };

/** All problems of the arguments of the block. */
export function checkIssuerArgs(args: IssuerArgs): Problem[] {
  return [
    ...nameProblems(args),
    ...audienceProblems(args.audience),
    ...scopeProblems(args.scopes),
    ...urlProblems("callbackUrls", args.callbackUrls, 1),
    ...urlProblems("logoutUrls", args.logoutUrls, 0),
    ...logRetentionProblems(args.settings.logRetentionDays, "settings.logRetentionDays"),
    ...mailProblems(args),
  ];
}

function nameProblems({ poolName, domainPrefix }: IssuerArgs): Problem[] {
  const problems: Problem[] = [];
  if (!/^[\w\s+=,.@-]{1,128}$/.test(poolName)) {
    problems.push({
      argument: "poolName",
      given: `"${poolName}"`,
      allowed: "1 to 128 letters, digits, spaces and any of _+=,.@-",
      fix: 'use the name of the environment, such as "task-prod"',
    });
  }
  const reserved = ["aws", "amazon", "cognito"].filter((word) => domainPrefix.includes(word));
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(domainPrefix) || reserved.length > 0) {
    problems.push({
      argument: "domainPrefix",
      given: `"${domainPrefix}"`,
      allowed:
        "1 to 63 lower-case letters, digits and - between them, without the words aws, amazon, cognito",
      fix: "use the names of company and environment: the prefix must be free in the whole region",
    });
  }
  return problems;
}

/** Cognito accepts any name, but a client can request only a URL as the resource of a token. */
function audienceProblems(audience: string): Problem[] {
  const url = URL.parse(audience);
  const plain = url?.protocol === "https:" && url.search === "" && url.hash === "" && url.username === "";
  if (plain && !audience.endsWith("/") && audience.length <= most.nameLength && !/["\\\s]/.test(audience)) {
    return [];
  }
  return [
    {
      argument: "audience",
      given: `"${audience}"`,
      allowed: `an https URL without query, fragment and final slash, at most ${most.nameLength} characters`,
      fix: "use the address of the API: tokens are valid for it only",
    },
  ];
}

function scopeProblems(scopes: IssuerArgs["scopes"]): Problem[] {
  const problems: Problem[] = [];
  const names = Object.keys(scopes);
  if (names.length === 0 || names.length > most.scopes) {
    problems.push({
      argument: "scopes",
      given: names.length === 0 ? "none" : String(names.length),
      allowed: `1 to ${most.scopes} scopes`,
      fix: "add one scope for each kind of access: a token without a scope has no permissions",
    });
  }
  for (const [name, description] of Object.entries(scopes)) {
    if (!/^[\x21\x23-\x2e\x30-\x5b\x5d-\x7e]{1,256}$/.test(name)) {
      problems.push({
        argument: `scopes["${name}"]`,
        given: `"${name}"`,
        allowed: `1 to ${most.nameLength} characters without blanks, quotes, \\ and /`,
        fix: 'use a name such as "tasks:read"; Cognito puts the audience and a / before it',
      });
    }
    if (description.length === 0 || description.length > most.nameLength) {
      problems.push({
        argument: `scopes["${name}"]`,
        given: description.length === 0 ? "no description" : `${description.length} characters`,
        allowed: `a description of 1 to ${most.nameLength} characters`,
        fix: "describe what a token with this scope allows",
      });
    }
  }
  return problems;
}

function urlProblems(
  argument: "callbackUrls" | "logoutUrls",
  urls: readonly string[],
  least: number,
): Problem[] {
  const problems: Problem[] = [];
  if (urls.length < least || urls.length > most.urls) {
    problems.push({
      argument,
      given: urls.length === 0 ? "none" : String(urls.length),
      allowed: `${least} to ${most.urls} addresses`,
      fix: "list each address of the application: Cognito compares the whole address",
    });
  }
  for (const address of urls) {
    if (isReturnAddress(address)) continue;
    problems.push({
      argument,
      given: `"${address}"`,
      allowed: "https URLs without fragment and *; http only for localhost",
      fix: "use a listed form: others can read a code that is sent to any other address",
    });
  }
  for (const address of new Set(urls.filter((url, at) => urls.indexOf(url) !== at))) {
    problems.push({
      argument,
      given: `"${address}" more than once`,
      allowed: "each address once",
      fix: "remove one of them",
    });
  }
  return problems;
}

function isReturnAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || address.includes("*") || address.includes("#") || url.username !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && url.hostname === "localhost");
}

/** Self-registration sends mails, and Cognito's own sender stops at 50 mails per day for all users. */
function mailProblems({ settings, mail }: IssuerArgs): Problem[] {
  if (mail === undefined) {
    if (!settings.selfRegistration) return [];
    return [
      {
        argument: "mail",
        given: "none, with settings.selfRegistration",
        allowed: "an SES identity and a sender address",
        fix: "verify a domain in SES, or let operators invite users: the built-in sender stops after 50 mails per day",
      },
    ];
  }
  if (/^(?:[^<>]+ )?<?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>?$/.test(mail.from)) return [];
  return [
    {
      argument: "mail.from",
      given: `"${mail.from}"`,
      allowed: "an address, or a name and an address in <>",
      fix: "use an address of the verified domain",
    },
  ];
}
