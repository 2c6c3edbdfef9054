import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { planTakeDown } from "../../tools/deploy/index.ts";
import { type EngineStack, findCli, openStack } from "../../tools/engine/index.ts";
import { skip } from "../support/skip.ts";
import { expectSuccess } from "./support/lifecycle.ts";
import { secretsOf } from "./support/settings.ts";

const patienceMs = 15 * 60_000;

// dev.test.ts takes down an environment that goes whole, prod.test.ts one that stays whole.
describe("An environment that keeps its data, on the real engine", { timeout: patienceMs }, () => {
  const found = findCli();
  const environment = "staging";
  let opened: EngineStack | undefined;
  const stack = (): EngineStack => {
    if (opened === undefined) throw new Error("the stack was not opened");
    return opened;
  };
  const typed = (...flags: readonly string[]) =>
    stack().type("npm", "run", "destroy", "--", environment, ...flags);
  const urnsOf = (resources: readonly { readonly urn: string }[]) =>
    resources.map(({ urn }) => urn).toSorted();

  beforeEach((context) => {
    if ("missing" in found) skip(context, found.missing);
  });
  beforeAll(async () => {
    if ("missing" in found) return;
    opened = await openStack({ environment, cli: found.cli, secrets: secretsOf(environment) });
    expectSuccess(await stack().up());
  }, patienceMs);
  afterAll(() => opened?.close());

  test("a plain destroy is refused before it deletes anything", async () => {
    const before = stack().calls.length;
    const run = await stack().destroy();
    expect(run.exitCode).not.toBe(0);
    expect(run.messages.map(({ text }) => text).join("\n")).toContain("protect");
    expect(stack().calls.slice(before)).toEqual([]);
  });

  test("without the name of the environment the command deletes nothing", async () => {
    const before = stack().calls.length;
    const { exitCode, output } = await typed();
    expect(exitCode).toBe(1);
    expect(output).toContain("no confirmation");
    expect(stack().calls.slice(before)).toEqual([]);
  });

  test("the command deletes what it announces, and keeps the stores and what they stand on in account and state", async () => {
    const { resources } = await stack().state();
    const announced = planTakeDown(environment, "retain-data", resources);
    expect(announced.problems).toEqual([]);
    const before = stack().calls.length;
    const { exitCode, output } = await typed(`--yes-delete=${environment}`);
    expect({ exitCode, output: exitCode === 0 ? "" : output }).toEqual({ exitCode: 0, output: "" });
    expect(output).toContain(`deletes ${announced.deleted.length} resources`);
    // Nobody is asked to delete what goes with its cluster, or what is retained without protection, such as a log group.
    const gone = announced.deleted.filter(
      ({ retainOnDelete, deletedWith = "" }) => retainOnDelete !== true && deletedWith === "",
    );
    expect(urnsOf(stack().calls.slice(before))).toEqual(urnsOf(gone));
    const left = (await stack().state()).resources.filter(
      ({ custom, type }) => custom && !type.startsWith("pulumi:"),
    );
    expect(urnsOf(left)).toEqual(urnsOf(announced.kept));
    const types = new Set(left.map(({ type }) => type));
    for (const type of ["aws:rds/instance:Instance", "aws:msk/cluster:Cluster", "aws:ec2/subnet:Subnet"]) {
      expect(types).toContain(type);
    }
    expect(types).not.toContain("aws:eks/cluster:Cluster");
  });

  test("the next up builds the rest around the stores and touches none of them", async () => {
    const kept = new Set(urnsOf((await stack().state()).resources));
    const before = stack().calls.length;
    expectSuccess(await stack().up());
    const touched = stack().calls.slice(before);
    expect(touched.filter(({ urn }) => kept.has(urn))).toEqual([]);
    expect(new Set(touched.map(({ method }) => method))).toEqual(new Set(["create"]));
  });
});
