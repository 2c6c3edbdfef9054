import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

export const root = join(import.meta.dirname, "..", "..");

/** Files that git tracks or would track, from the root of the repository. */
export const files: readonly string[] = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard"],
  { cwd: root, encoding: "utf8" },
)
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));

export const text = (file: string): string => readFileSync(join(root, file), "utf8");

export const isSource = (file: string): boolean => /\.(ts|js)$/.test(file);

/** Tests, their support and their fixtures. `tools/test` is the test runner, so it is none. */
export const isTest = (file: string): boolean =>
  /\.(test|fixture)\.ts$/.test(file) || (/(^|\/)tests?\//.test(file) && !file.startsWith("tools/test/"));

/**
 * Sources of the program under these folders, without tests.
 *
 * @throws Error when a folder has none: a guard that has nothing to read would always pass.
 */
export function sourcesIn(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) => {
    const found = files.filter((file) => file.startsWith(`${folder}/`) && isSource(file) && !isTest(file));
    if (found.length === 0) throw new Error(`${folder}: has no source file; correct the name of the folder`);
    return found;
  });
}

/** Every folder at the top that holds sources of the program. */
export const programFolders: readonly string[] = [
  "apps",
  "components",
  "infra",
  "policies",
  "stacks",
  "tools",
];

/** Files with a word that a guard looks for: the others need not be parsed. */
export const mentioning = (word: string, candidates: readonly string[]): string[] =>
  candidates.filter((file) => text(file).includes(word));

/** Applies a guard to each file and names the file before each of its findings. */
export function inspect(
  guarded: readonly string[],
  guard: (source: ts.SourceFile) => readonly string[],
): string[] {
  return guarded.flatMap((file) => guard(sourceOf(file)).map((finding) => `${file}: ${finding}`));
}

const parsed = new Map<string, ts.SourceFile>();

/** Syntax tree of a file of the repository. */
export function sourceOf(file: string): ts.SourceFile {
  const source = parsed.get(file) ?? parse(text(file), file);
  parsed.set(file, source);
  return source;
}

export function parse(code: string, file = "sample.ts"): ts.SourceFile {
  return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
}
