import { expect, test } from "vitest";
import { cycles } from "./cycles.ts";
import { type Edge, programEdges } from "./graph.ts";

test("the parts of every folder form no cycle: files, rooms, blocks, wards; type imports count", () => {
  expect(cycles(programEdges())).toEqual([]);
});

const edges = (...pairs: readonly string[]): Edge[] =>
  pairs.map((pair) => {
    const [from = "", to = ""] = pair.split(" > ");
    return { from, to, typeOnly: true, byPackage: false };
  });

test.each([
  ["two files", ["a/x.ts > a/y.ts", "a/y.ts > a/x.ts"], ["a: x.ts <> y.ts"]],
  ["three files", ["a/x.ts > a/y.ts", "a/y.ts > a/z.ts", "a/z.ts > a/x.ts"], ["a: x.ts <> y.ts <> z.ts"]],
  ["two rooms without a cycle of files", ["a/b/x.ts > a/c/y.ts", "a/c/z.ts > a/b/w.ts"], ["a: b <> c"]],
  ["a file and a room", ["a/x.ts > a/b/index.ts", "a/b/y.ts > a/x.ts"], ["a: b <> x.ts"]],
  ["folders at the top", ["a/x.ts > b/y.ts", "b/z.ts > a/w.ts"], ["the repository: a <> b"]],
  [
    "two cycles of one folder",
    ["a/x.ts > a/y.ts", "a/y.ts > a/x.ts", "a/v.ts > a/w.ts", "a/w.ts > a/v.ts"],
    ["a: v.ts <> w.ts", "a: x.ts <> y.ts"],
  ],
])("a cycle is found: %s", (_, pairs, found) => {
  expect(cycles(edges(...pairs))).toEqual(found);
});

test("files that are imported twice are no cycle", () => {
  expect(cycles(edges("a/x.ts > a/z.ts", "a/y.ts > a/z.ts", "a/x.ts > a/y.ts", "a/z.ts > b/c.ts"))).toEqual(
    [],
  );
});
