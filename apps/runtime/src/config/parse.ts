import { type Variable, variables } from "@task-platform/contracts";
import type { z } from "zod";
import { nearest } from "./nearest.ts";
import { ConfigurationError, type ConfigurationProblem } from "./problems.ts";

/** Tells about a value that is right alone and wrong beside the others. */
export type Report = (variable: Variable, allowed: string, fix: string) => void;

type Schemas = Partial<Record<Variable, z.ZodType>>;
type Raw<Given extends Schemas> = {
  readonly [Name in keyof Given]: Given[Name] extends z.ZodType ? z.output<Given[Name]> : never;
};

/** A group of variables and the typed configuration they become. */
export interface ConfigPiece<Config> {
  readonly schemas: Schemas;
  readonly toConfig: (raw: never, report: Report) => Config;
}

/**
 * Declares a group: one line a variable, then the nested form the service works with. `toConfig` runs only when
 * every value is right alone; it reports what is wrong in combination. An optional variable is `schema.optional()`
 * or `schema.default(…)`; an empty value is never taken for an absent one.
 */
export function definePiece<const Given extends Schemas, Config>(
  schemas: Given,
  toConfig: (raw: Raw<Given>, report: Report) => Config,
): ConfigPiece<Config> {
  return { schemas, toConfig };
}

type Pieces = Readonly<Record<string, ConfigPiece<unknown>>>;
type Parsed<Given extends Pieces> = {
  readonly [Name in keyof Given]: Given[Name] extends ConfigPiece<infer Config> ? Config : never;
};

/** Never printed, whatever is wrong with it. */
const secretVariables: readonly string[] = ["DATABASE_SECRET_ARN"];
const longestShown = 80;

/**
 * Reads the variables of every piece.
 *
 * @throws ConfigurationError with all problems together.
 */
export function parseEnvironment<const Given extends Pieces>(
  pieces: Given,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Parsed<Given> {
  const problems = misspelt(environment);
  const config: Record<string, unknown> = {};
  for (const [key, piece] of Object.entries(pieces)) {
    const { raw, wrong } = parseValues(piece.schemas, environment);
    problems.push(...wrong);
    if (wrong.length > 0) continue;
    config[key] = piece.toConfig(raw as never, (variable, allowed, fix) => {
      problems.push({ variable, given: shown(variable, environment[variable]), allowed, fix });
    });
  }
  // Two pieces may read one variable, such as AWS_REGION: its problem is told once.
  const told = new Map(problems.map((problem) => [`${problem.variable} ${problem.allowed}`, problem]));
  if (told.size > 0) throw new ConfigurationError([...told.values()]);
  return config as Parsed<Given>;
}

function parseValues(schemas: Schemas, environment: Readonly<Record<string, string | undefined>>) {
  const raw: Record<string, unknown> = {};
  const wrong: ConfigurationProblem[] = [];
  for (const [variable, schema] of Object.entries(schemas)) {
    const given = environment[variable];
    const result = schema.safeParse(given);
    if (result.success) {
      raw[variable] = result.data;
      continue;
    }
    wrong.push({
      variable,
      given: shown(variable, given),
      allowed: allowedBy(schema),
      fix:
        given === undefined
          ? "set it in the manifest of the workload"
          : "correct it in the manifest of the workload",
    });
  }
  return { raw, wrong };
}

function allowedBy(schema: z.ZodType): string {
  const own = schema.meta()?.allowed;
  if (typeof own === "string") return own;
  // `.optional()` and `.default()` wrap the schema that carries the words.
  const inner = (schema as { unwrap?: () => z.ZodType }).unwrap?.();
  return inner === undefined ? "another value" : `${allowedBy(inner)}, or not set`;
}

function shown(variable: string, given: string | undefined): string {
  if (given === undefined) return "nothing";
  if (secretVariables.includes(variable)) return "a value that is not shown";
  return JSON.stringify(given.length > longestShown ? `${given.slice(0, longestShown)}…` : given);
}

/** Variables of the machine that differ by a typing slip from one of ours that is not set. */
function misspelt(environment: Readonly<Record<string, string | undefined>>): ConfigurationProblem[] {
  const known: readonly string[] = variables;
  const unset = known.filter((variable) => environment[variable] === undefined);
  return Object.keys(environment).flatMap((variable) => {
    const meant = known.includes(variable) ? undefined : nearest(variable, unset);
    if (meant === undefined) return [];
    return [
      {
        variable,
        given: "a variable that nothing reads",
        allowed: meant,
        fix: "rename it, or remove it where it is set",
      },
    ];
  });
}
