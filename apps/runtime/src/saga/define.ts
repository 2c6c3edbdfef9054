/** What one call of a step gets. */
export interface StepCall<Data> {
  readonly sagaId: string;
  readonly data: Data;
  /** The same for every try of this call, and different for every other call: `<saga id>:<step>:run` or `…:compensate`. */
  readonly key: string;
  /** Aborted when another owner has the saga now. */
  readonly signal: AbortSignal;
}

interface SagaStep<Data> {
  readonly name: string;
  /**
   * Called at least once. What it returns is stored as JSON.
   *
   * @throws StepRefused when it has no effect and never will; any other error means that nobody knows
   */
  readonly run: (call: StepCall<Data>) => Promise<unknown>;
  /**
   * Undoes the step. Called at least once, also when nobody knows whether the step happened: then nothing may be there, and a
   * late `run` must have no effect afterwards.
   */
  readonly compensate: (call: StepCall<Data>) => Promise<unknown>;
}

/** A saga: steps that are done in order, and undone in reverse when one of them cannot be done. */
export interface SagaDefinition<Data = unknown> {
  readonly name: string;
  /** Other steps need another version. A row runs with the definition of its version. */
  readonly version: number;
  readonly steps: readonly SagaStep<Data>[];
}

/** The step has no effect and trying again cannot change that. */
export class StepRefused extends Error {
  override readonly name = "StepRefused";
}

const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** @throws Error that lists every problem of the definition. */
export function defineSaga<Data>(definition: SagaDefinition<Data>): SagaDefinition<Data> {
  const { name, version, steps } = definition;
  const names = steps.map((step) => step.name);
  const problems = [
    ...[name, ...names]
      .filter((one) => !namePattern.test(one))
      .map((one) => `name "${one}"; allowed: lower case in kebab case`),
    ...names.filter((one, at) => names.indexOf(one) !== at).map((one) => `step "${one}" is there twice`),
    ...(Number.isInteger(version) && version >= 1 ? [] : [`version ${version}; allowed: 1, 2, …`]),
    ...(steps.length > 0 ? [] : ["no steps; at least one is needed"]),
  ];
  if (problems.length > 0) throw new Error(`saga "${name}": ${problems.join("; ")}`);
  return definition;
}
