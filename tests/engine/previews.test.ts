import { spawnSync } from "node:child_process";
import { beforeEach, describe, expect, test } from "vitest";
import { findCli, openStack } from "../../tools/engine/index.ts";
import { planEnvironment, repositoryRoot } from "../../tools/plan/index.ts";
import { skip } from "../support/skip.ts";
import { previewDifferences } from "./support/compare.ts";
import { expectSuccess } from "./support/lifecycle.ts";
import { secretsOf } from "./support/settings.ts";

/** A preview takes ten seconds on free cores, and some minutes on busy ones. */
const patienceMs = 10 * 60_000;

describe("The real engine, without a deployment", { timeout: patienceMs }, () => {
  const found = findCli();

  beforeEach((context) => {
    if ("missing" in found) skip(context, found.missing);
  });

  // dev.test.ts and prod.test.ts preview the others.
  test.each(["staging", "dr"])(
    "a first preview of %s has the inputs and the unknown values of the plan",
    async (environment) => {
      if ("missing" in found) throw new Error(found.missing);
      const stack = await openStack({ environment, cli: found.cli, secrets: secretsOf(environment) });
      try {
        const run = await stack.preview();
        expectSuccess(run);
        const plan = await planEnvironment(environment, {
          mode: "preview",
          root: stack.project,
          config: secretsOf(environment),
        });
        expect(previewDifferences(plan, run.steps)).toEqual([]);
      } finally {
        stack.close();
      }
    },
  );

  test("a preview needs no network but the loopback address", (context) => {
    const isolated = (command: string) =>
      spawnSync("unshare", ["--map-root-user", "--net", "sh", "-c", `ip link set lo up && ${command}`], {
        cwd: repositoryRoot,
        encoding: "utf8",
        timeout: patienceMs,
      });
    if (isolated("true").status !== 0)
      skip(context, "this machine gives no network namespace to a process (commands unshare and ip)");
    const script = `"${process.execPath}" tools/engine/main.ts dev "npm run preview -- dev"`;
    const { status, stdout, stderr } = isolated(script);
    expect({ status, output: status === 0 ? "" : `${stdout}${stderr}` }).toEqual({ status: 0, output: "" });
    expect(stdout).toContain("to create");
  });
});
