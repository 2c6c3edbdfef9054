import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planEnvironment, repositoryRoot, stackNames } from "../../tools/plan/index.ts";
import {
  type CheckovWaiver,
  checkovWaivers,
  findCheckov,
  judgeScan,
  readReport,
  render,
  scan,
  writeRendering,
} from "../../tools/render/index.ts";
import { skip } from "../support/skip.ts";

const cache = join(repositoryRoot, "node_modules", ".cache", "task-platform");
const environments = stackNames(repositoryRoot);

/** The clock, on purpose: a waiver that has expired must fail this suite on the day after, without a change. */
const today = new Date().toISOString().slice(0, 10);

/** Waivers last a year at most; longer is not "for a time". */
const longestWaiverDays = 366;

test("Checkov finds nothing in what is rendered that nobody has accepted, and every waiver is needed", {
  timeout: 300_000,
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
    const verdicts = environments.map((environment) => {
      const own = findings.filter(({ file }) => file.startsWith(`${environment}/`));
      return { environment, ...judgeScan(own, checkovWaivers, { environment, today }) };
    });
    const unaccepted = verdicts.flatMap(({ environment, open }) =>
      open.map(({ check, resource, title }) => `${environment}: ${check} ${resource}: ${title}`),
    );
    const used = new Set(verdicts.flatMap((verdict) => verdict.used));
    expect(unaccepted).toEqual([]);
    expect(checkovWaivers.filter((waiver) => !used.has(waiver))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("every waiver has a reason, an owner and an end within a year", () => {
  const latest = new Date(Date.now() + longestWaiverDays * 86_400_000).toISOString().slice(0, 10);
  for (const { reason, owner, expires } of checkovWaivers) {
    expect(reason.length).toBeGreaterThan(20);
    expect(owner).not.toBe("");
    expect(expires >= today, `expired on ${expires}: ${reason}`).toBe(true);
    expect(expires <= latest).toBe(true);
  }
});

const finding = { check: "CKV_AWS_18", title: "logging", resource: "flow-logs", file: "prod/main.tf.json" };
const waiver: CheckovWaiver = {
  check: "CKV_AWS_18",
  resource: "flow-*",
  environments: ["prod"],
  reason: "a reason",
  owner: "somebody",
  expires: "2027-01-01",
};

test("a waiver counts for its check, resource and environment until its last day", () => {
  const openWith = (change: Partial<CheckovWaiver>, on = "2027-01-01", environment = "prod"): number =>
    judgeScan([finding], [{ ...waiver, ...change }], { environment, today: on }).open.length;
  expect(openWith({})).toBe(0);
  expect(openWith({ environments: "all" }, "2027-01-01", "dev")).toBe(0);
  expect(openWith({}, "2027-01-02")).toBe(1);
  expect(openWith({}, "2027-01-01", "dev")).toBe(1);
  expect(openWith({ resource: "edge-*" })).toBe(1);
  expect(openWith({ check: "CKV_AWS_19" })).toBe(1);
});

test("a report with a file that was not understood is an error, not a success", () => {
  const report = { results: { failed_checks: [], parsing_errors: ["main.tf.json"] } };
  expect(() => readReport(JSON.stringify([report]))).toThrow("could not read main.tf.json");
});
