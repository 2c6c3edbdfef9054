/** One line of the program made worse, and the test that must notice. */
export interface Mutation {
  /** What is broken, as a reviewer would call it. */
  readonly what: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Text of one line that is in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  readonly caughtBy: Catcher;
}

/** A test by its file and its full name, as the runner prints it. */
export interface Catcher {
  readonly file: string;
  readonly test: string;
}

/**
 * Text with one mutation in it.
 *
 * @throws Error when the line is not there exactly once, or when nothing would change: it has moved on, and so must
 *   the list.
 */
export function mutate(text: string, { file, find, replace }: Mutation): string {
  const times = text.split(find).length - 1;
  const problems = [
    ...(times === 1 ? [] : [`is there ${times} times; allowed: once`]),
    ...(find.includes("\n") ? ["spans lines; allowed: one line, or a part of one"] : []),
    ...(find === replace ? ["is replaced by itself"] : []),
  ];
  if (problems.length > 0) {
    throw new Error(`${file}: "${find}" ${problems.join(", ")}; write it as the file has it now`);
  }
  return text.replace(find, () => replace);
}
