import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { files, isSource, root, text } from "../repository.ts";
import { readFolders, readInfraFiles, readInfraRooms } from "./folders.ts";

const page = text("ARCHITECTURE.md");

test("every folder of the table exists, and so does every folder it may import", () => {
  const folders = readFolders(page);
  const named = folders.flatMap(({ path, mayImport }) => [
    path,
    ...(mayImport === "everything" ? [] : mayImport.map((other) => other.path)),
  ]);
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("every source is in a folder of the table", () => {
  const folders = readFolders(page).map(({ path }) => `${path}/`);
  const outside = files.filter(
    (file) => isSource(file) && file.includes("/") && !folders.some((folder) => file.startsWith(folder)),
  );
  expect(outside).toEqual([]);
});

test("the rooms of infra exist", () => {
  const rooms = readInfraRooms(page).map((room) => `infra/${room}`);
  expect(rooms.length).toBeGreaterThan(4);
  expect(rooms.filter((room) => !existsSync(join(root, room)))).toEqual([]);
});

const sample = `# A

## Folders

| folder | contains | may import |
| --- | --- | --- |
| \`a\`, \`b/c\` | things | nothing of ours |
| \`d\` | things | \`a\`, types of \`b\` |
| \`e\` | things | everything |

Rooms of \`infra\` in order: \`one\` ← \`two\`.
Files at the top of \`infra\`: \`index.ts\`,
\`names.ts\`; more.

## Next
`;

test("the table says of each folder what it may import", () => {
  expect(readFolders(sample)).toEqual([
    { path: "a", mayImport: [] },
    { path: "b/c", mayImport: [] },
    {
      path: "d",
      mayImport: [
        { path: "a", typesOnly: false },
        { path: "b", typesOnly: true },
      ],
    },
    { path: "e", mayImport: "everything" },
  ]);
  expect(readInfraRooms(sample)).toEqual(["one", "two"]);
  expect(readInfraFiles(sample)).toEqual(["index.ts", "names.ts"]);
});

test.each(["almost nothing", "`a` and `b`", ""])("a row that cannot be read is refused: %s", (cell) => {
  expect(() => readFolders(sample.replace("everything", cell))).toThrow("ARCHITECTURE.md: cannot read");
});

test("a page without the table is refused", () => {
  expect(() => readFolders("# A\n")).toThrow('no section "Folders"');
  expect(() => readFolders("# A\n\n## Folders\n\nNone.\n")).toThrow("no folder");
  expect(() => readInfraRooms("# A\n\n## Folders\n\nNone.\n")).toThrow("cannot read");
});
