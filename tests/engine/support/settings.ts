/** A value of the form that CloudFront sends to the load balancers. It protects nothing. The engine masks it in all texts. */
const originSecret = "fedcba9876543210".repeat(4);

/** The secrets of the stack file, which the CLI encrypts. */
export function secretsOf(environment: string): Readonly<Record<string, string>> {
  const withDistribution = ["prod", "dr"];
  return withDistribution.includes(environment) ? { originSecret } : {};
}
