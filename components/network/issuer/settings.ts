/** What an environment decides about its own token issuer. Left out where the issuer is external. */
export interface IssuerSettings {
  /** Whether every user needs a second factor (an authenticator app), or only users who set one up. */
  readonly secondFactor: "required" | "optional";
  /**
   * Reaction to a suspicious sign-in: `enforced` blocks it or asks for the second factor, `recorded` only logs it, `off`
   * does not detect it. The first two need the Plus plan, about 0.02 USD per month and active user; `off` Essentials.
   */
  readonly threatProtection: "enforced" | "recorded" | "off";
  /** Whether users create accounts themselves, or only operators invite them. */
  readonly selfRegistration: boolean;
  /** Retention of the log of sign-ins and of mails that could not be sent. */
  readonly logRetentionDays: number;
}
