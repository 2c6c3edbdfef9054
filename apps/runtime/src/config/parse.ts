import { nearest, type Variable, variables, withoutUserInfo } from "@task-platform/contracts";
import type { z } from "zod";
import { ConfigurationError, type ConfigurationProblem } from "./problems.ts";

/** Environment variables of a process. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Reports a value that is valid alone but wrong in combination with others. */
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
 * Declares a group: one line per variable, then the nested form the service works with. `toConfig` runs only when
 * every value is valid alone; it reports values that are wrong in combination. An optional variable is
 * `schema.optional()` or `schema.default(…)`; an empty value does not count as absent.
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

/** Their values are never printed. */
const secretVariables: readonly string[] = ["DATABASE_SECRET_ARN"];
const longestShown = 80;

/**
 * Reads the variables of every piece.
 *
 * @throws ConfigurationError with all problems together
 */
export function parseEnvironment<const Given extends Pieces>(
  pieces: Given,
  environment: EnvironmentVariables = process.env,
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
  // Two pieces may read one variable, such as AWS_REGION: its problem is reported once.
  const distinct = new Map(problems.map((problem) => [`${problem.variable} ${problem.allowed}`, problem]));
  if (distinct.size > 0) throw new ConfigurationError([...distinct.values()]);
  return config as Parsed<Given>;
}

function parseValues(schemas: Schemas, environment: EnvironmentVariables) {
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
  // `.optional()` and `.default()` wrap the schema that carries the description.
  const inner = (schema as { unwrap?: () => z.ZodType }).unwrap?.();
  return inner === undefined ? "another value" : `${allowedBy(inner)}, or not set`;
}

function shown(variable: string, given: string | undefined): string {
  if (given === undefined) return "nothing";
  if (secretVariables.includes(variable)) return "a value that is not shown";
  const safe = withoutUserInfo(given);
  return JSON.stringify(safe.length > longestShown ? `${safe.slice(0, longestShown)}…` : safe);
}

/** Two typing mistakes. With three, HTTP_PROXY would count as a misspelling of HTTP_PORT. */
const mostEdits = 2;

/** Variables that are probably misspellings of one of ours that is not set. */
function misspelt(environment: EnvironmentVariables): ConfigurationProblem[] {
  const known: readonly string[] = variables;
  const unset = known.filter((variable) => environment[variable] === undefined);
  return Object.keys(environment).flatMap((variable) => {
    const meant = known.includes(variable)
      ? undefined
      : nearest(variable, unset, { mostEdits, matchCase: true });
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
