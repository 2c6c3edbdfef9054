import { expect, test } from "vitest";
import { files, text } from "../repository.ts";
import { looseVersions, tooManyScripts } from "./manifests.ts";

const manifests = files.filter((file) => /(^|\/)package\.json$/.test(file));
const read = (file: string): Record<string, unknown> => JSON.parse(text(file));

test("every dependency is pinned to one version", () => {
  expect(manifests).toContain("package.json");
  const loose = manifests.flatMap((file) => looseVersions(read(file)).map((found) => `${file}: ${found}`));
  expect(loose).toEqual([]);
});

test("there are at most 14 npm scripts", () => {
  expect(tooManyScripts(read("package.json"))).toEqual([]);
});

test.each(["^1.2.3", "~1.2.3", "1.2", "latest", "*", ">=1.2.3", "1.2.3 || 2.0.0", "file:../a"])(
  "a version that is not pinned is found: %s",
  (version) => {
    expect(looseVersions({ devDependencies: { a: version } })).toEqual([`devDependencies: a@"${version}"`]);
  },
);

test("one version, and one before its release, are pinned", () => {
  expect(looseVersions({ dependencies: { a: "1.2.3", b: "18.4.0-beta.17" } })).toEqual([]);
});

test("a fifteenth script is found", () => {
  const scripts = Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`s${at}`, "true"]));
  expect(tooManyScripts({ scripts })).toEqual(["15 scripts; allowed: 14"]);
});
