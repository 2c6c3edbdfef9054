import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Environment, environments, idleParts, type Verdict, waivers } from "../../policies/index.ts";
import { planEnvironment, repositoryRoot } from "../../tools/plan/index.ts";
import {
  type Finding,
  findCheckov,
  judgeScan,
  readReport,
  render,
  scan,
  writeRendering,
} from "../../tools/render/index.ts";
import { skip } from "../support/skip.ts";

const cache = join(repositoryRoot, "node_modules", ".cache", "task-platform");

/** The clock, on purpose: a waiver that has expired must fail this suite on the day after, without a change. */
const today = new Date().toISOString().slice(0, 10);

test("Checkov finds nothing in the rendered files without a waiver, and every waiver of a check is needed", {
  timeout: 900_000,
}, async (context) => {
  const command = findCheckov(cache, process.env);
  if (!command) skip(context, "there is no checkov; set-up installs it where CI=true and Python is present");
  const folder = mkdtempSync(join(tmpdir(), "task-platform-checkov-"));
  try {
    for (const environment of environments)
      writeRendering(render(await planEnvironment(environment)), join(folder, environment));
    const { passed, findings } = await scan(command, folder);
    // Fewer would mean that a kind of file is no longer read.
    expect(passed).toBeGreaterThan(500 * environments.length);
    const verdicts = new Map<Environment, Verdict<Finding>>(
      environments.map((environment) => {
        const own = findings.filter(({ file }) => file.startsWith(`${environment}/`));
        return [environment, judgeScan(own, waivers, { environment, today })];
      }),
    );
    const unaccepted = [...verdicts].flatMap(([environment, { violations }]) =>
      violations.map(({ check, resource, title }) => `${environment}: ${check} ${resource}: ${title}`),
    );
    expect(unaccepted).toEqual([]);
    expect(idleParts(waivers, verdicts, (id) => /^CKV2?_/.test(id))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a report with a file that Checkov could not parse is an error, not a success", () => {
  const report = { results: { failed_checks: [], parsing_errors: ["main.tf.json"] } };
  expect(() => readReport(JSON.stringify([report]))).toThrow("could not read main.tf.json");
});
