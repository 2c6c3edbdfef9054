/** What happens to a saga. */
export const sagaStates = [
  "pending",
  "running",
  "completed",
  "compensating",
  "compensated",
  "failed",
] as const;
export type SagaState = (typeof sagaStates)[number];

/** What happens to a step of a saga. */
export const stepStates = [
  "waiting",
  "running",
  "done",
  /** The provider has refused it, so there is nothing to undo. */
  "refused",
  /** It may have happened: no answer told. */
  "unknown",
  "compensating",
  "compensated",
  /** Its compensation has failed too often. */
  "stuck",
] as const;
export type StepState = (typeof stepStates)[number];
