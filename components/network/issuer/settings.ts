/** What an environment decides about its own issuer of tokens. A page that uses somebody else's has none of this. */
export interface IssuerSettings {
  /** Whether everybody has a second factor (an authenticator app), or only who sets one up. */
  readonly secondFactor: "required" | "optional";
  /**
   * What happens to a sign-in that looks stolen: blocked or asked for the second factor, only recorded, or not looked
   * at. The first two need the Plus plan, about 0.02 USD a month for each person who signs in; the last Essentials.
   */
  readonly threatProtection: "enforced" | "recorded" | "off";
  /** Whether people make accounts themselves, or operators invite them. */
  readonly selfRegistration: boolean;
  /** Days that sign-ins and mails that could not be sent stay in the log group. */
  readonly logRetentionDays: number;
}
