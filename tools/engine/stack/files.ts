import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { parse, stringify } from "yaml";

/** What differs from the stack of the repository. */
export interface StackSource {
  /** Folder with `Pulumi.yaml` and the stack files. */
  readonly root: string;
  /** Name of the stack. */
  readonly environment: string;
  /** Replaces values of the stack file. Keys are as in the file. `undefined` removes one. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Text of another entry point, such as one that calls `program` with other specs. @default the one in `Pulumi.yaml` */
  readonly program?: string;
}

/** Example values of the stack files → values that a deploy accepts. Nobody owns a name below `.test` (RFC 2606). */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/\b(?:111111111111|123456789012)\b/g, "222222222222"],
  [/\bexample\.(?:com|net|org)\b/g, "acme.test"],
  [/\b203\.0\.113\.0\/24/g, "198.18.7.0/24"],
  [/\bpl-0+\b/g, "pl-0a1b2c3d"],
  [/\bsg-0+\b/g, "sg-0a1b2c3d4e5f60718"],
  [/\bexample\//g, "acme/"],
  [/\bZ0+EXAMPLE\b/g, "Z0123456789ABCDEFGHIJ"],
  [/@sha256:(.)\1{63}/g, `@sha256:${"0123456789abcdef".repeat(4)}`],
];

/**
 * Writes a folder that the CLI takes as a project: the program of the repository, and the stack file with values in place
 * of the examples and without the key of AWS, which only the account has.
 *
 * @returns Path of the stack file.
 */
export function writeProject(folder: string, source: StackSource): string {
  const { root, environment } = source;
  mkdirSync(folder, { recursive: true });
  writeProgram(folder, root, source.program);
  const name = `Pulumi.${environment}.yaml`;
  const text = replacements.reduce(
    (current, [pattern, value]) => current.replaceAll(pattern, value),
    readFileSync(join(root, name), "utf8"),
  );
  const { secretsprovider: _, encryptedkey: __, config, ...rest } = parse(text) as Record<string, unknown>;
  const file = join(folder, name);
  writeFileSync(file, stringify({ ...rest, config: withChanges(config, source.config ?? {}) }));
  return file;
}

/** Writes the project file with an absolute path to the entry point: that of the repository, or the given text. */
export function writeProgram(folder: string, root: string, program: string | undefined): void {
  if (!isAbsolute(root)) throw new Error(`root: got ${root}; allowed: an absolute path`);
  const project = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
  const main = program === undefined ? join(root, String(project.main)) : join(folder, "main.mts");
  if (program !== undefined) {
    writeFileSync(main, program);
    // Without it the runner warns that the program has no package.
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  }
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, main }));
}

/** Changes values of a stack file that the CLI has written secrets into. */
export function changeConfig(file: string, changes: Readonly<Record<string, unknown>>): void {
  const content = parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  writeFileSync(file, stringify({ ...content, config: withChanges(content.config, changes) }));
}

function withChanges(given: unknown, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const all = { ...(given as Record<string, unknown>), ...changes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
