import { nearest } from "@task-platform/contracts";
import type { Problem } from "../../../components/base/core/index.ts";
import { type EnvironmentSpec, type EnvironmentSpecs, environmentSchema } from "../../../stacks/index.ts";
import { type Node, pathText } from "./node.ts";
import { isAt, readings } from "./repair.ts";
import { findingsOf } from "./shape.ts";

/**
 * Everything wrong with the shape of one spec, and everything that the other checks say about what is right in it.
 *
 * @param check The other checks. It gets specs that have the shape of the schema.
 */
export function shapedProblems(
  name: string,
  specs: EnvironmentSpecs,
  check: (spec: EnvironmentSpec, specs: EnvironmentSpecs) => readonly Problem[],
): Problem[] {
  const schema = environmentSchema as Node;
  const findings = findingsOf(schema, specs[name]);
  const file = `stacks/${name}.ts`;
  const shape = findings.flatMap(({ problem }) =>
    problem ? [{ ...problem, argument: `${problem.argument} (${file})` }] : [],
  );
  const [first = [], ...others] = readings(schema, specs).map((read) => {
    const named = withNames(read as EnvironmentSpecs);
    return check(named[name] as EnvironmentSpec, named);
  });
  const rest = others.map((problems) => new Set(problems.map((problem) => JSON.stringify(problem))));
  const certain = first.filter(
    (problem) =>
      rest.every((problems) => problems.has(JSON.stringify(problem))) &&
      !isAt(problem.argument.replace(` (${file})`, ""), findings, pathText),
  );
  return [...shape, ...nameProblems(name, specs[name], file), ...certain.map(withNearest)];
}

/** A problem whose fix begins with the word that was probably meant. */
function withNearest({ choices, ...problem }: Problem): Problem {
  const meant = choices && nearest(problem.given.replaceAll('"', ""), choices);
  return meant === undefined
    ? problem
    : { ...problem, fix: `did you mean "${meant}"? Otherwise ${problem.fix}` };
}

/** Checks and messages find a spec by its name, so a wrong name is reported once and then put right. */
function withNames(specs: EnvironmentSpecs): EnvironmentSpecs {
  const wrong = Object.entries(specs).filter(([name, spec]) => spec.name !== name);
  if (wrong.length === 0) return specs;
  return { ...specs, ...Object.fromEntries(wrong.map(([name, spec]) => [name, { ...spec, name }])) };
}

function nameProblems(key: string, spec: EnvironmentSpec | undefined, file: string): Problem[] {
  const name: unknown = spec?.name;
  if (typeof name !== "string" || name === key) return [];
  return [
    {
      argument: `name (${file})`,
      given: `"${name}"`,
      allowed: `"${key}", its key in stacks/index.ts`,
      fix: "give both the same name: it is the name of the stack too",
    },
  ];
}
