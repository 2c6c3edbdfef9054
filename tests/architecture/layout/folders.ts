/** A folder of the table in ARCHITECTURE.md. */
export interface Folder {
  readonly path: string;
  readonly mayImport: "everything" | readonly Permission[];
}

interface Permission {
  readonly path: string;
  readonly typesOnly: boolean;
}

/**
 * The table of folders in ARCHITECTURE.md: what people read is what the guards enforce.
 *
 * @throws Error when a row cannot be read, because a row that is skipped would guard nothing.
 */
export function readFolders(markdown: string): Folder[] {
  const rows = section(markdown, "Folders")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  if (rows.length === 0) throw new Error("ARCHITECTURE.md: the table of folders has no folder");
  return rows.flatMap((row) => {
    const [, folders = "", , permissions = ""] = row.split("|").map((cell) => cell.trim());
    return paths(folders, row).map((path) => ({ path, mayImport: permissionsOf(permissions, row) }));
  });
}

/** The rooms of `infra` from the line below that table, in the order in which they may import one another. */
export function readInfraRooms(markdown: string): string[] {
  const [, line = ""] = /Rooms of `infra` in order: ([^.]+)\./.exec(section(markdown, "Folders")) ?? [];
  return line.split("←").map((name) => paths(name.trim(), line)[0] ?? "");
}

/** The files that `infra` may have at its top, from the same line. */
export function readInfraFiles(markdown: string): string[] {
  const [, line = ""] = /Files at the top of `infra`: ([^;]+);/.exec(section(markdown, "Folders")) ?? [];
  return paths(line, line);
}

/** Text between a heading of second level and the next one. */
export function section(markdown: string, heading: string): string {
  const [, rest] = markdown.split(`\n## ${heading}\n`);
  if (rest === undefined) throw new Error(`ARCHITECTURE.md has no section "${heading}"`);
  return rest.split("\n## ")[0] ?? "";
}

function paths(cell: string, row: string): string[] {
  const parts = cell.split(/,\s+/).map((part) => /^`([a-z0-9./-]+)`$/.exec(part)?.[1]);
  if (parts.includes(undefined)) throw new Error(`ARCHITECTURE.md: cannot read the folders in "${row}"`);
  return parts.filter((part) => part !== undefined);
}

function permissionsOf(cell: string, row: string): Folder["mayImport"] {
  if (cell === "everything") return cell;
  if (cell === "nothing of ours") return [];
  return cell.split(", ").map((part) => {
    const typesOnly = part.startsWith("types of ");
    const [path = ""] = paths(typesOnly ? part.slice("types of ".length) : part, row);
    return { path, typesOnly };
  });
}
