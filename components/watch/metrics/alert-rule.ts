export type Severity = "page" | "ticket";

export interface AlertRule {
  /** `<Service><Symptom>`; its runbook has the same name in kebab case. */
  readonly name: string;
  /** Workload that the alert is about. */
  readonly service: string;
  readonly severity: Severity;
  /** PromQL that is true while the alert holds. */
  readonly expression: string;
  /** How long the expression must be true, as a Prometheus duration. */
  readonly for: string;
  /** One sentence for the person on call. */
  readonly summary: string;
}
