import type { Problem } from "../../components/base/core/index.ts";
import { keyAt, type StackConfig } from "./config-keys.ts";

/** Patterns of example values, each with a description. */
const signs: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\b(?:111111111111|123456789012|000000000000)\b/, what: "example account" },
  // RFC 2606: names that nobody can own.
  {
    pattern: /(?:^|[.@/])example\.(?:com|net|org)(?![\w.-])|\.example(?![\w.-])/,
    what: "example domain",
  },
  // RFC 5737: addresses that belong to nobody.
  { pattern: /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./, what: "example address range" },
  { pattern: /^pl-0+$/, what: "example prefix list" },
  { pattern: /^sg-0+$/, what: "example security group" },
  { pattern: /^example\//, what: "example repository" },
  { pattern: /^Z0+EXAMPLE$/, what: "example hosted zone" },
  { pattern: /@sha256:(.)\1{63}$/, what: "digest of no image" },
];

/** Example values that nobody replaced. A plan accepts them, a deploy does not. */
export function exampleProblems(config: Partial<StackConfig>, source: string): Problem[] {
  return Object.entries(config).flatMap(([key, value]: [string, string | readonly string[]]) => {
    const texts = typeof value === "string" ? [value] : value;
    return texts.flatMap((text) => {
      const sign = signs.find(({ pattern }) => pattern.test(text));
      if (sign === undefined) return [];
      return [
        {
          argument: keyAt(key, source),
          given: `the example value ${JSON.stringify(text)} (${sign.what})`,
          allowed: "a value of your own",
          fix: `replace it in ${source}; npm run plan accepts examples, a deploy does not`,
        },
      ];
    });
  });
}
