import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { builtCli, builtVersion, cannotBuild, findCli } from "./index.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "find-cli-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A program that prints a text, on a PATH of one folder. */
function program(name: string, text: string): Record<string, string> {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho '${text}'\n`);
  chmodSync(file, 0o755);
  return { PATH: folder, XDG_CACHE_HOME: join(folder, "cache") };
}

function build(env: Record<string, string>): string {
  const file = builtCli(env);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  return file;
}

test("A CLI on PATH that is not older than the SDK is used as it is", () => {
  const env = program("pulumi", "v3.999.0");
  build(env);
  expect(findCli(env)).toEqual({ cli: { command: join(folder, "pulumi"), version: "3.999.0" } });
});

test("A CLI on PATH that is too old gives way to the built one", () => {
  const env = program("pulumi", "v3.100.0");
  const built = build(env);
  expect(findCli(env)).toEqual({ cli: { command: built, version: builtVersion } });
});

test("Without a CLI the reason names the one that is too old and how to get one", () => {
  const found = findCli(program("pulumi", "v3.100.0"));
  expect(found).toEqual({ missing: expect.stringMatching(/PATH is 3\.100\.0.*Go 1\.26\.6 or newer/) });
  expect(findCli({ PATH: folder, XDG_CACHE_HOME: join(folder, "none") })).toHaveProperty("missing");
});

test.each([
  ["go1.26.5", "Go is 1.26.5, and the CLI needs 1.26.6"],
  ["go1.9.9", "Go is 1.9.9, and the CLI needs 1.26.6"],
  ["go1.27.0", undefined],
  ["go2.0", undefined],
])("Whether %s can build the CLI", (version, reason) => {
  expect(cannotBuild(program("go", version))).toBe(reason);
});

test("Without Go the CLI cannot be built", () => {
  expect(cannotBuild({ PATH: folder })).toBe("there is no Go on PATH");
});
