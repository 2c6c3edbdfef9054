import type * as pulumi from "@pulumi/pulumi";
import type { BudgetSettings } from "./settings.ts";

export interface BudgetArgs {
  readonly settings: BudgetSettings;
  /** Value of the tag `Environment`, which must be an active cost allocation tag in the billing account. */
  readonly environmentTag: string;
  /** Topic of thresholds and anomalies. Its policy must allow `budgets` and `costalerts`. */
  readonly topicArn: pulumi.Input<string>;
}
