import { execFileSync } from "node:child_process";
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Mutation, mutate } from "./mutation.ts";

export const root = join(import.meta.dirname, "..", "..");

/** What a test of the infrastructure reads. Services come from the installed packages and are not mutated here. */
const wanted = /^(?:components|docs|infra|policies|stacks|tests|tools)\/|^[^/]+\.(?:json|yaml|md)$/;

/** A folder with one copy of the sources as they are now, and beside it one tree for each mutation. */
export interface Workspace {
  readonly folder: string;
  /** Makes a tree of the sources, with a mutation in it or as it is, and gives back its folder. */
  readonly plant: (name: string, mutation?: Mutation) => string;
  readonly remove: () => void;
}

/**
 * Copies the sources once, so that whoever edits them meanwhile breaks nothing; trees share the files of that copy.
 * Whole trees, not single files: a module that imports a broken one must be a module of its own.
 */
export function createWorkspace(): Workspace {
  // Module loaders resolve links, so a folder behind one would be known by two names.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mutations-")));
  const base = join(folder, "base");
  const files = sources();
  const folders = new Set(files.map((file) => dirname(file)));
  makeFolders(base, folders);
  for (const file of files) cpSync(join(root, file), join(base, file));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return {
    folder,
    plant: (name, mutation) => {
      const broken = mutation && mutate(readFileSync(join(base, mutation.file), "utf8"), mutation);
      const tree = join(folder, "trees", name);
      makeFolders(tree, folders);
      for (const file of files) {
        if (file !== mutation?.file) linkSync(join(base, file), join(tree, file));
      }
      if (mutation && broken !== undefined) writeFileSync(join(tree, mutation.file), broken);
      return tree;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Tracked and new files, without those that are deleted and not committed yet. */
function sources(): string[] {
  const git = (...options: string[]): string[] =>
    execFileSync("git", ["ls-files", "-z", ...options], { cwd: root, encoding: "utf8" }).split("\0");
  const deleted = new Set(git("--deleted"));
  return git("--cached", "--others", "--exclude-standard").filter(
    (file) => wanted.test(file) && !file.startsWith("tests/mutations/") && !deleted.has(file),
  );
}

function makeFolders(top: string, folders: ReadonlySet<string>): void {
  for (const folder of folders) mkdirSync(join(top, folder), { recursive: true });
}
