import type { Problem } from "../../components/base/core/index.ts";

/** The problems of a part of the spec, with the path of that part in front of each argument. */
export function under(path: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, argument: `${path}.${problem.argument}` }));
}
