import type { Problem } from "../../base/core/index.ts";

/** Checks a name that gets a certificate and a record. A certificate's first name has at most 64 characters. */
export function checkDomain(argument: string, domain: string): Problem[] {
  const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  if (new RegExp(`^(?:${label}\\.)+[a-z]{2,}$`).test(domain) && domain.length <= 64) return [];
  return [
    {
      argument,
      given: `"${domain}"`,
      allowed: "a full lower-case DNS name of at most 64 characters, without a wildcard or a final dot",
      fix: 'give the name of the API, such as "api." and your zone',
    },
  ];
}
