import { expect, test } from "vitest";
import { files, text } from "../repository.ts";
import { machinePaths, unnamedNotes } from "./notes.ts";

/** Texts that people write. This test has samples of what is not allowed. */
const written = files.filter(
  (file) => file !== "package-lock.json" && !file.startsWith("tests/architecture/code/notes"),
);

const inFiles = (guard: (content: string) => string[]): string[] =>
  written.flatMap((file) => guard(text(file)).map((finding) => `${file}: ${finding}`));

test("every note about work to do names its issue", () => {
  expect(inFiles(unnamedNotes)).toEqual([]);
});

test("no file has a path of one machine", () => {
  expect(inFiles(machinePaths)).toEqual([]);
});

test.each(["// TODO later", "# FIXME: this", "-- XXX", "/* HACK */", "<!-- TODO(somebody) -->"])(
  "a note without an issue is found: %s",
  (line) => {
    expect(unnamedNotes(`a\n${line}\nb`)).toEqual([line]);
  },
);

test("a note with an issue is allowed, and so is a word that only looks like a note", () => {
  expect(unnamedNotes("// TODO(#12): wait for the release\nconst TODOS = 1;")).toEqual([]);
});

test.each([...["home", "Users", "root", "mnt"].map((folder) => `/${folder}/somebody`), "C:\\Users"])(
  "a path of one machine is found: %s",
  (path) => {
    expect(machinePaths(`see "${path}"`)).toEqual([path]);
  },
);

test.each(["https://example.com/home/page", "/tmp", "/v1/tasks", "docs/work/plan.md", "task-prod/root/key"])(
  "it is no path of one machine: %s",
  (path) => {
    expect(machinePaths(path)).toEqual([]);
  },
);
