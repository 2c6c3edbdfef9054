import type { Rule } from "../../kit/index.ts";
import { accountRules } from "./account.ts";
import { auditRules } from "./audit.ts";
import { budgetRules } from "./budget.ts";
import { logRules } from "./logs.ts";
import { scraperRules } from "./scraper.ts";

/** Rules for the audit trail, logs, metrics, the budget and the guards of the account. */
export const watchRules: readonly Rule[] = [
  ...accountRules,
  ...auditRules,
  ...budgetRules,
  ...logRules,
  ...scraperRules,
];
