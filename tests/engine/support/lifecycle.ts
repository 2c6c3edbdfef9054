import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { program } from "../../../infra/program.ts";
import { type EnvironmentName, type EnvironmentSpecs, specs } from "../../../stacks/index.ts";
import { type CliRun, type EngineStack, findCli, openStack } from "../../../tools/engine/index.ts";
import { type Plan, planEnvironment, repositoryRoot } from "../../../tools/plan/index.ts";
import { skip } from "../../support/skip.ts";
import { differences, previewDifferences } from "./compare.ts";
import { secretsOf } from "./settings.ts";

/** A run of prod takes half a minute on two free cores, and some minutes on busy ones. */
const patienceMs = 15 * 60_000;

/** What a lifecycle does to an environment. */
export interface Lifecycle {
  readonly environment: EnvironmentName;
  /** Type and logical name of the resource whose create fails once. Others depend on it. */
  readonly failing: string;
  /** The tests of a destroy, which depend on what the page says about removal. */
  readonly destroy: (stack: () => EngineStack) => void;
}

/**
 * The tests of one stack from its first preview to its end. They share one stack and run in this order, so the first that
 * fails is the one to read.
 */
export function describeLifecycle({ environment, failing, destroy }: Lifecycle): void {
  describe(`The real engine, on ${environment}`, { timeout: patienceMs }, () => {
    const found = findCli();
    let opened: EngineStack | undefined;
    const stack = (): EngineStack => {
      if (opened === undefined) throw new Error("the stack was not opened");
      return opened;
    };
    const plan = (mode: "preview" | "resolved", from: EnvironmentSpecs = specs): Promise<Plan> =>
      planEnvironment(environment, {
        mode,
        root: stack().project,
        config: secretsOf(environment),
        program: () => program(from),
      });
    beforeEach((context) => {
      if ("missing" in found) skip(context, found.missing);
    });
    beforeAll(async () => {
      if ("missing" in found) return;
      opened = await openStack({
        environment,
        cli: found.cli,
        secrets: secretsOf(environment),
        log: (line) => process.stdout.write(`[engine] ${line}\n`),
      });
    }, patienceMs);
    afterAll(() => opened?.close());

    test("`npm run preview` creates every resource of the plan, with the same inputs and the same unknown values", async () => {
      const run = await stack().npmRun("preview");
      expectSuccess(run);
      expect(new Set(run.steps.map(({ op }) => op))).toEqual(new Set(["create"]));
      expect(previewDifferences(await plan("preview"), run.steps)).toEqual([]);
    });

    test("a create that fails stops what depends on it, and its message is shown", async () => {
      stack().failCreate(failing, "InsufficientCapacity: the stand-in refuses it once");
      const run = await stack().up();
      stack().failCreate(failing, undefined);
      expect(run.exitCode).not.toBe(0);
      expect(run.messages.map(({ text }) => text).join("\n")).toContain("InsufficientCapacity");
      const made = new Set((await stack().state()).resources.map(({ urn }) => urn));
      const waiting = dependents(await plan("resolved"), failing);
      expect(waiting.size).toBeGreaterThan(1);
      expect([...waiting].filter((urn) => made.has(urn))).toEqual([]);
    });

    test("the next up creates the rest and nothing twice, and the state is the plan", async () => {
      const run = await stack().up();
      expectSuccess(run);
      const created = stack().calls.map(({ urn, method }) => `${method} ${urn}`);
      expect(created.length).toBe(new Set(created).size);
      expect(differences(await plan("resolved"), await stack().state())).toEqual([]);
    });

    test("`npm run up` without changes changes nothing", async () => {
      const before = stack().calls.length;
      const run = await stack().npmRun("up", "--yes");
      expectSuccess(run);
      expect(run.steps.filter(({ op }) => op !== "same")).toEqual([]);
      expect(stack().calls.slice(before)).toEqual([]);
    });

    test("one changed value of the page updates the resources that the plan changes, and no others", async () => {
      const changed = changedSpecs(environment);
      const [old, now] = [await plan("resolved"), await plan("resolved", changed)];
      stack().changeProgram(changedProgram(environment));
      const run = await stack().up();
      expectSuccess(run);
      const steps = run.steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn}`);
      // The engine takes resources that do not depend on one another in any order.
      expect(steps.toSorted()).toEqual(
        changedInputs(old, now)
          .map((urn) => `update ${urn}`)
          .toSorted(),
      );
      expect(steps.length).toBeGreaterThan(0);
      expect(differences(now, await stack().state())).toEqual([]);
    });

    test("a refresh finds what the state says", async () => {
      const run = await stack().refresh();
      expectSuccess(run);
      expect(new Set(run.steps.map(({ op }) => op))).toEqual(new Set(["refresh"]));
      const changed = await plan("resolved", changedSpecs(environment));
      expect(differences(changed, await stack().state())).toEqual([]);
    });

    destroy(stack);
  });
}

export function expectSuccess(run: CliRun): void {
  const mandatory = run.findings.filter((finding) => finding.mandatory);
  const said = run.messages.filter(({ severity }) => severity === "error" || severity === "warning");
  expect({ mandatory, said, output: run.exitCode === 0 ? "" : run.output }).toEqual({
    mandatory: [],
    said: [],
    output: "",
  });
}

/** The same specs with one number changed: how long the log of the database is kept. Rules allow 30 days in dev and prod. */
function changedSpecs(environment: EnvironmentName): EnvironmentSpecs {
  const spec = specs[environment];
  return { ...specs, [environment]: { ...spec, postgres: { ...spec.postgres, logRetentionDays: 30 } } };
}

/** The entry point with these specs, as text: it runs in a process of the engine. */
function changedProgram(environment: EnvironmentName): string {
  return `import { program } from "${repositoryRoot}/infra/program.ts";
import { specs } from "${repositoryRoot}/stacks/index.ts";
const spec = specs.${environment};
const changed = { ...spec, postgres: { ...spec.postgres, logRetentionDays: 30 } };
export default program({ ...specs, ${environment}: changed });
`;
}

function changedInputs(old: Plan, now: Plan): readonly string[] {
  const before = new Map(old.resources.map(({ urn, inputs }) => [urn, JSON.stringify(inputs)]));
  return now.resources
    .filter(({ urn, inputs }) => before.get(urn) !== JSON.stringify(inputs))
    .map(({ urn }) => urn);
}

/** URNs of a resource and of everything that waits for it. */
function dependents(plan: Plan, resource: string): ReadonlySet<string> {
  const found = new Set(plan.resources.filter(({ urn }) => urn.endsWith(resource)).map(({ urn }) => urn));
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { urn, options } of plan.resources)
      if (options.dependencies.some((dependency) => found.has(dependency))) found.add(urn);
  }
  return found;
}
