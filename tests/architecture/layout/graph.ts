import { dirname, join } from "node:path/posix";
import { files, isSource, isTest, sourceOf, text } from "../repository.ts";
import { type Import, importsOf } from "../syntax.ts";

/** One file of ours that imports another one. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
  /** By the name of a workspace, through its exports. */
  readonly byPackage: boolean;
}

/** Doors of the workspaces: "@task-platform/runtime/config" -> "apps/runtime/src/config/index.ts". */
export type Doors = ReadonlyMap<string, string>;

/** What the `exports` of a workspace offer. */
export function doorsOf(folder: string, manifest: { name: string; exports?: unknown }): [string, string][] {
  const { name, exports = {} } = manifest;
  const subpaths = typeof exports === "string" ? { ".": exports } : (exports as Record<string, string>);
  return Object.entries(subpaths).map(([subpath, file]) => [join(name, subpath), join(folder, file)]);
}

/** Imports of ours in a file. What a workspace does not export stays under its name, so no rule can allow it. */
export function edgesOf(file: string, imports: readonly Import[], doors: Doors): Edge[] {
  return imports.flatMap(({ specifier, typeOnly }): Edge[] => {
    if (specifier.startsWith(".")) {
      return [{ from: file, to: join(dirname(file), specifier), typeOnly, byPackage: false }];
    }
    return specifier.startsWith("@task-platform/")
      ? [{ from: file, to: doors.get(specifier) ?? specifier, typeOnly, byPackage: true }]
      : [];
  });
}

/** Every import of ours in the program; tests may import everything and are left out. */
export function programEdges(): Edge[] {
  const manifests = files.filter((file) => /^apps\/[^/]+\/package\.json$/.test(file));
  const doors = new Map(manifests.flatMap((file) => doorsOf(dirname(file), JSON.parse(text(file)))));
  const edges = files
    .filter((file) => isSource(file) && !isTest(file))
    .flatMap((file) => edgesOf(file, importsOf(sourceOf(file)), doors));
  if (edges.length === 0)
    throw new Error("no import was found; the guards of the layout would check nothing");
  return edges;
}
