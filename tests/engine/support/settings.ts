/** A value of the form that CloudFront sends to the load balancers. It protects nothing. */
const originSecret = "0123456789abcdef".repeat(4);

/** The secrets of the stack file, which the CLI encrypts. */
export function secretsOf(environment: string): Readonly<Record<string, string>> {
  const withDistribution = ["prod", "dr"];
  return withDistribution.includes(environment) ? { originSecret } : {};
}
