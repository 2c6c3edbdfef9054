/** One environment variable that is wrong. */
export interface ConfigurationProblem {
  readonly variable: string;
  /** The given value as the message shows it; never the value of a secret. */
  readonly given: string;
  /** Which values are valid. */
  readonly allowed: string;
  /** How to correct it. */
  readonly fix: string;
}

/** The environment variables of a service are wrong; carries every problem, not only the first. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[]) {
    const lines = problems.map(
      (problem) =>
        `  - ${problem.variable}: got ${problem.given}; allowed: ${problem.allowed}; ${problem.fix}`,
    );
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`environment variables: ${count}, nothing was started.`, ...lines].join("\n"));
    this.problems = problems;
  }
}
