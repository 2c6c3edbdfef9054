import { group, type Settings, word } from "../../base/core/settings.ts";

/** What an environment decides about CloudFront. */
export const distributionSettings = group({
  /** `world` serves clients from all edge locations, `americas-europe` from the cheapest third of them. */
  places: word("world", "americas-europe"),
  shield: word("standard", "advanced"),
  /** Whether Shield's automatic response blocks or counts requests. Use the mode of the firewall. */
  mode: word("count", "block"),
});

export type DistributionSettings = Settings<typeof distributionSettings>;
