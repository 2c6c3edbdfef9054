import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readErrors, typeErrors } from "./type-check.ts";

const root = join(import.meta.dirname, "..", "..");

test("errors are told by file and line, without the explanations that follow them", () => {
  const output = [
    'stacks/dev.ts(24,5): error TS2820: Type \'"singel"\' is not assignable to type \'"none" | "single"\'.',
    "  The expected type comes from property 'nat'.",
    "error TS5083: Cannot read file 'tsconfig.json'.",
    "",
  ].join("\n");
  expect(readErrors(output)).toEqual([
    'stacks/dev.ts:24: Type \'"singel"\' is not assignable to type \'"none" | "single"\'.',
  ]);
});

test("a word that no schema has, and a key that is no setting, are told with their lines", {
  timeout: 300_000,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "type-check-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const part of ["stacks", "components", "package.json", "tsconfig.json"]) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "tools", "deploy"), { recursive: true });
  const specs = 'import { dev } from "./dev.ts";\nimport type { EnvironmentSpec } from "./environment.ts";\n';
  writeFileSync(
    join(folder, "stacks", "index.ts"),
    [
      specs,
      'export const word = { ...dev, network: { ...dev.network, nat: "singel" } } satisfies EnvironmentSpec;',
      "export const key = { ...dev, natt: 1 } satisfies EnvironmentSpec;",
    ].join("\n"),
  );
  writeFileSync(
    join(folder, "tools/deploy/tsconfig.json"),
    JSON.stringify({
      extends: "../../tsconfig.json",
      compilerOptions: { incremental: false, tsBuildInfoFile: null },
      include: [],
      files: ["../../stacks/index.ts"],
    }),
  );
  const found = typeErrors(folder);
  expect(found).toContainEqual(expect.stringMatching(/^stacks\/index\.ts:4: .*"singel"/));
  expect(found).toContainEqual(expect.stringMatching(/^stacks\/index\.ts:5: .*natt/));
});
