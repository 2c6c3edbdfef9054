import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nearest } from "@task-platform/contracts";
import { parse } from "yaml";

/** Configuration of a stack as the CLI passes it to the program. */
export interface StackFile {
  readonly project: string;
  /** Entry point, relative to the root. */
  readonly main: string;
  readonly config: Readonly<Record<string, string>>;
  /** Keys with an encrypted value. The plan uses a placeholder, because it cannot decrypt. */
  readonly secretKeys: readonly string[];
}

/** Names of the stacks that have a file in the root, sorted. */
export function stackNames(root: string): readonly string[] {
  return readdirSync(root)
    .flatMap((file) => /^Pulumi\.([A-Za-z0-9_-]+)\.yaml$/.exec(file)?.[1] ?? [])
    .toSorted();
}

/** What is wrong with the name of an environment: no stack file has it. Undefined for one with a file. */
export function unknownEnvironment(root: string, name: string): string | undefined {
  const names = stackNames(root);
  if (names.includes(name)) return undefined;
  const allowed = names.join(", ") || "none, there is no Pulumi.<name>.yaml";
  if (name === "") return `environment: got none; allowed: ${allowed}`;
  const meant = nearest(name, names);
  return `environment: got "${name}"; allowed: ${allowed}; Pulumi.${name}.yaml is missing: ${
    meant === undefined
      ? "name one of these, or write the file after the model of another"
      : `did you mean "${meant}"?`
  }`;
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<name>.yaml`.
 *
 * @throws Error when the stack does not exist, or the CLI could not read a file.
 */
export function readStackFile(root: string, name: string): StackFile {
  const project = readYaml(join(root, "Pulumi.yaml"), "Pulumi.yaml");
  const unknown = unknownEnvironment(root, name);
  if (unknown !== undefined) throw new Error(unknown);
  const projectName = String(project.name);
  const file = `Pulumi.${name}.yaml`;
  const stack = readYaml(join(root, file), file);
  const entries = [
    ...Object.entries(section(project, "Pulumi.yaml")).flatMap(([key, schema]) => defaultOf(key, schema)),
    ...Object.entries(section(stack, file)),
  ].map(([key, value]): [string, unknown] => [key.includes(":") ? key : `${projectName}:${key}`, value]);
  return {
    project: projectName,
    main: typeof project.main === "string" ? project.main : "index.ts",
    config: Object.fromEntries(entries.map(([key, value]) => [key, textOf(key, value)])),
    secretKeys: entries.filter(([, value]) => isSecret(value)).map(([key]) => key),
  };
}

function readYaml(path: string, file: string): Record<string, unknown> {
  if (!existsSync(path)) throw new Error(`${file} is missing; run the command in the root of the repository`);
  let content: unknown;
  try {
    content = parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${file} is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  // The CLI takes an empty stack file for one without keys. The checks then name every key that is missing.
  if (content === null) return {};
  if (!isRecord(content)) throw new Error(`${file}: got ${kindOf(content)}; allowed: a map with "config"`);
  return content;
}

function section(content: Record<string, unknown>, file: string): Record<string, unknown> {
  const config = content.config ?? {};
  if (!isRecord(config))
    throw new Error(`${file}, config: got ${kindOf(config)}; allowed: a map of keys to values`);
  return config;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "string" ? "a text" : `a ${typeof value}`;
}

/** In the project file `value` sets a value for every stack, and `default` sets a default. */
function defaultOf(key: string, schema: unknown): [string, unknown][] {
  if (!isRecord(schema)) return [[key, schema]];
  const given = schema.value ?? schema.default;
  return given === undefined ? [] : [[key, given]];
}

/** The CLI passes text as it is and everything else as JSON. */
function textOf(key: string, value: unknown): string {
  if (isSecret(value)) return `planned-secret-of-${key}`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Whether the value or a part of it is encrypted. */
function isSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSecret);
  if (!isRecord(value)) return false;
  const keys = Object.keys(value);
  return (keys.length === 1 && keys[0] === "secure") || Object.values(value).some(isSecret);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
