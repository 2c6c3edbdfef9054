import { isTest } from "../repository.ts";
import type { Folder } from "./folders.ts";
import type { Edge } from "./graph.ts";

/** Imports that the table of folders does not allow. Type imports count. */
export function wrongImports(edges: readonly Edge[], folders: readonly Folder[]): string[] {
  return edges.flatMap((edge) => {
    const { from, to } = edge;
    const folder = folders
      .filter(({ path }) => isInside(from, path))
      .toSorted((a, b) => b.path.length - a.path.length)[0];
    if (!folder) return [`${from}: its folder is not in the table of ARCHITECTURE.md`];
    if (isTest(to)) return [`${from} imports ${to}, which belongs to a test`];
    return isAllowed(edge, folder)
      ? []
      : [`${from} imports ${to}; allowed for ${folder.path}: ${say(folder)}`];
  });
}

function isAllowed({ to, typeOnly }: Edge, { path, mayImport }: Folder): boolean {
  if (mayImport === "everything" || isInside(to, path)) return true;
  return mayImport.some(
    (other) => isInside(to, other.path) && (typeOnly || !other.typesOnly || isSettings(to)),
  );
}

/** The schema of a block's settings. Types come from it, so who may import the types may import the schema. */
export function isSettings(file: string): boolean {
  return /^components\/[a-z-]+\/[a-z-]+\/settings\.ts$/.test(file);
}

function say({ path, mayImport }: Folder): string {
  if (mayImport === "everything") return mayImport;
  const others = mayImport.map((other) => `${other.typesOnly ? "types of " : ""}${other.path}`);
  return [path, ...others].join(", ");
}

function isInside(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

/** Files at the top of `infra` that rooms may import: `names.ts` stands before the first room, `providers.ts` after it. */
const shared: ReadonlyMap<string, number> = new Map([
  ["names", -1],
  ["providers", 0.5],
]);
const joining: ReadonlySet<string> = new Set(["index", "program", "outputs"]);

/** Imports inside `infra` against the order of its rooms and shared files. `program.ts` and `outputs.ts` join all. */
export function wrongRoomImports(edges: readonly Edge[], rooms: readonly string[]): string[] {
  const rank = (part: string): number => shared.get(part) ?? rooms.indexOf(part);
  return edges
    .filter(({ from, to }) => from.startsWith("infra/") && to.startsWith("infra/"))
    .filter(({ from, to }) => {
      const [own, other] = [partOf(from), partOf(to)];
      if (own === other || joining.has(own)) return false;
      const known = (part: string): boolean => rooms.includes(part) || shared.has(part) || joining.has(part);
      return known(own) && known(other) && (joining.has(other) || rank(other) > rank(own));
    })
    .map(
      ({ from, to }) =>
        `${from} imports ${to}; allowed: ${rooms.slice(0, rooms.indexOf(partOf(from))).join(", ") || "no other room"}`,
    );
}

/** "infra/data/stores.ts" and "infra/data.ts" are of the part "data". */
function partOf(file: string): string {
  return file.split("/")[1]?.replace(/\.ts$/, "") ?? "";
}
