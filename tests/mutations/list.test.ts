import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { specs } from "../../stacks/index.ts";
import { mutations } from "./list/index.ts";
import { mutate } from "./mutation.ts";
import { root } from "./workspace.ts";

test("the list breaks every block and every environment spec", () => {
  const blocks = globSync("components/*/*/index.ts", { cwd: root }).map((door) => dirname(door));
  expect(blocks.length).toBeGreaterThan(20);
  const parts = [...blocks, ...Object.keys(specs).map((name) => `stacks/${name}.ts`)];
  const whole = parts.filter(
    (part) => !mutations.some(({ file }) => file === part || file.startsWith(`${part}/`)),
  );
  expect(whole).toEqual([]);
});

test("the list breaks nothing twice", () => {
  const lines = mutations.map(
    ({ file, in: place, find, replace }) => `${file}: ${place}: ${find} -> ${replace}`,
  );
  expect(lines.filter((line, at) => lines.indexOf(line) !== at)).toEqual([]);
});

test("the code of every mutation and the file of its test are there", () => {
  const problems = mutations.flatMap((mutation) => {
    if (!existsSync(join(root, mutation.caughtBy.file))) return [`no file ${mutation.caughtBy.file}`];
    try {
      mutate(readFileSync(join(root, mutation.file), "utf8"), mutation);
      return [];
    } catch (error) {
      return [String(error)];
    }
  });
  expect(problems).toEqual([]);
});
