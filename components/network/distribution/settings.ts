/** What an environment decides about CloudFront. */
export interface DistributionSettings {
  /** `world` serves clients from all edge locations, `americas-europe` from the cheapest third of them. */
  readonly places: "world" | "americas-europe";
  readonly shield: "standard" | "advanced";
  /** Whether Shield's automatic response blocks or counts requests. Use the mode of the firewall. */
  readonly mode: "count" | "block";
}
