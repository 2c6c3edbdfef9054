import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../../tools/plan/index.ts";

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: repositoryRoot,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(repositoryRoot, file)));
const text = (file: string): string => readFileSync(join(repositoryRoot, file), "utf8");

test("the target of every link exists", () => {
  const pages = tracked.filter((file) => file.endsWith(".md"));
  const dead = pages.flatMap((file) =>
    [...text(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !existsSync(join(repositoryRoot, dirname(file), target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(dead).toEqual([]);
});

test("every document that code or a document names exists", () => {
  const sources = tracked.filter((file) => /\.(ts|js|md|yaml)$/.test(file) && !file.startsWith("tests/"));
  const missing = sources.flatMap((file) =>
    [...text(file).matchAll(/\bdocs\/[a-z0-9/-]+\.md\b/g)]
      .map(([page]) => page)
      .filter((page) => !existsSync(join(repositoryRoot, page)))
      .map((page) => `${file}: ${page}`),
  );
  expect(missing).toEqual([]);
});

test("every npm script that a document names exists", () => {
  const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };
  const named = tracked
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) =>
      [...text(file).matchAll(/\bnpm run ([a-z]+)/g)].map(([, script = ""]) => `${file}: ${script}`),
    );
  const unknown = named.filter((entry) => scripts[entry.split(": ")[1] ?? ""] === undefined);
  expect(unknown).toEqual([]);
});
