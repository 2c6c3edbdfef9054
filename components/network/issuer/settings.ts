import { flag, group, number, type Settings, word } from "../../base/core/settings.ts";

/** What an environment decides about its own token issuer. Left out where the issuer is external. */
export const issuerSettings = group({
  /** Whether every user needs a second factor (an authenticator app), or only users who set one up. */
  secondFactor: word("required", "optional"),
  /**
   * Reaction to a suspicious sign-in: `enforced` blocks it or asks for the second factor, `recorded` only logs it, `off`
   * does not detect it. The first two need the Plus plan, about 0.02 USD per month and active user; `off` Essentials.
   */
  threatProtection: word("enforced", "recorded", "off"),
  /** Whether users create accounts themselves, or only operators invite them. */
  selfRegistration: flag(),
  /** Retention of the log of sign-ins and of mails that could not be sent. */
  logRetentionDays: number(),
});

export type IssuerSettings = Settings<typeof issuerSettings>;
