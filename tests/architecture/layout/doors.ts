import type { Edge } from "./graph.ts";
import { isSettings } from "./imports.ts";

/** Folders that are only the place of rooms and have no door of their own. */
const halls = [/^(apps|components|tools)$/, /^components\/[^/]+$/, /^apps\/[^/]+(\/src)?$/];

/**
 * Files that are doors beside an index.ts: `infra/index.ts` runs the program, so nothing can import it. The schemas of
 * settings are read without the SDK that an index.ts of a block loads.
 */
const moreDoors: ReadonlySet<string> = new Set(["infra/program.ts", "infra/names.ts"]);

/** Imports that enter a folder by another file than its index.ts, or a workspace by another way than its name. */
export function wrongDoors(edges: readonly Edge[]): string[] {
  return edges
    .filter((edge) => (edge.byPackage ? !isPackageDoor(edge) : !isDoor(edge)))
    .map(({ from, to }) => `${from} imports ${to}, which is not the door of its folder`);
}

/** `edgesOf` replaces the name of a workspace by the file that it exports, if it does. */
function isPackageDoor({ to }: Edge): boolean {
  return to.startsWith("apps/");
}

function isDoor({ from, to }: Edge): boolean {
  if (moreDoors.has(to) || isSettings(to) || to.endsWith(".json")) return true;
  if (workspaceOf(from) !== workspaceOf(to)) return false;
  const folder = enteredFolder(from, to);
  return folder === undefined || to === `${folder}/index.ts`;
}

function workspaceOf(file: string): string {
  return file.startsWith("apps/") ? file.split("/").slice(0, 2).join("/") : "";
}

/** The outermost folder with a door that an import goes into. */
function enteredFolder(from: string, to: string): string | undefined {
  const parts = to.split("/").slice(0, -1);
  return parts
    .map((_, depth) => parts.slice(0, depth + 1).join("/"))
    .find((folder) => !from.startsWith(`${folder}/`) && !halls.some((hall) => hall.test(folder)));
}
