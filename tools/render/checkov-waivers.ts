/** A failed check of Checkov that is accepted for a time. */
export interface CheckovWaiver {
  readonly check: string;
  /** Name of the resource as rendered, without its kind; `*` stands for any text. */
  readonly resource: string;
  readonly environments: "all" | readonly ("dev" | "staging" | "prod" | "dr")[];
  readonly reason: string;
  readonly owner: string;
  /** ISO date; on the day after, the check fails again. */
  readonly expires: string;
}

export const checkovWaivers: readonly CheckovWaiver[] = [];
