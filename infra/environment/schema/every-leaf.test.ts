import { expect, test } from "vitest";
import type { Problem } from "../../../components/base/core/index.ts";
import { type EnvironmentName, type EnvironmentSpec, specs } from "../../../stacks/index.ts";
import { checkEnvironment } from "../../program.ts";
import { rawConfig } from "../test/raw-config.ts";
import { type Path, pathText } from "./node.ts";

type Json = Record<string | number, unknown>;

/** Every value of a spec that holds no other, with its place. */
function leavesOf(value: unknown, path: Path = []): readonly { path: Path; value: unknown }[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  const steps = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return steps.flatMap(([step, part]) => leavesOf(part, [...path, step]));
}

function changed(spec: EnvironmentSpec, path: Path, value: unknown): EnvironmentSpec {
  const copy = structuredClone(spec) as unknown as Json;
  const parent = path.slice(0, -1).reduce((at, step) => at[step] as Json, copy);
  parent[path.at(-1) ?? ""] = value;
  return copy as unknown as EnvironmentSpec;
}

/** Free text, which nobody can check beyond its form. */
const free = /^(relaxed\[|tags\.)/;

/** Wrong values of a spec that no problem names, and those whose check throws. */
function unseen(name: EnvironmentName, wrong: (value: unknown) => readonly unknown[]): string[] {
  const raw = { ...rawConfig, ...(name === "dev" ? {} : { operatorCidrs: "[]" }) };
  return leavesOf(specs[name]).flatMap(({ path, value }) => {
    const place = pathText(path);
    if (free.test(place)) return [];
    return wrong(value).flatMap((other) => {
      const spec = changed(specs[name], path, other);
      try {
        const { problems } = checkEnvironment(name, raw, { ...specs, [name]: spec });
        return problems.some((problem) => names(problem, place)) ? [] : [`${place}: ${String(other)}`];
      } catch (error) {
        return [`${place}: ${String(other)} throws ${String(error)}`];
      }
    });
  });
}

/** Whether a problem is about the place, about a part that holds it, or names it beside another place. */
function names({ argument, given }: Problem, place: string): boolean {
  const told = argument.replace(/ \(.*/, "");
  if (told === place || place.startsWith(`${told}.`) || place.startsWith(`${told}[`)) return true;
  const parts = place.split(".");
  const last = parts.at(-1) ?? "";
  const block = parts[0] ?? "";
  return `${told} ${given}`.includes(last) && told.startsWith(block);
}

const stacks = Object.keys(specs) as EnvironmentName[];

test.each(stacks)("no number of %s can be wrong without a word", (name) => {
  expect(unseen(name, (value) => (typeof value === "number" ? [-1, 1e12, Number.NaN] : []))).toEqual([]);
});

test.each(stacks)("no text of %s can be wrong without a word", (name) => {
  expect(unseen(name, (value) => (typeof value === "string" ? ["", "nonsense", `${value} `] : []))).toEqual(
    [],
  );
});

test.each(["0.0.0.0/16", "127.10.0.0/16", "224.1.0.0/16", "169.254.0.0/16", "99.10.0.0/16"])(
  "a network of %s is refused: it is not private",
  (cidr) => {
    const problems = checkEnvironment("dev", rawConfig, {
      ...specs,
      dev: changed(specs.dev, ["network", "cidr"], cidr),
    }).problems;
    expect(problems.map(({ argument }) => argument)).toContain("network.cidr (stacks/dev.ts)");
  },
);

test("a list that names something twice is refused", () => {
  const types = ["cluster", "nodeGroups", "worker", "instanceTypes"];
  const [type] = specs.dev.cluster.nodeGroups.worker.instanceTypes;
  const spec = changed(specs.dev, types, [...specs.dev.cluster.nodeGroups.worker.instanceTypes, type]);
  expect(checkEnvironment("dev", rawConfig, { ...specs, dev: spec }).problems).toMatchObject([
    {
      argument: expect.stringMatching(
        /^cluster\.nodeGroups\.worker\.instanceTypes\[\d\] \(stacks\/dev\.ts\)$/,
      ),
      given: `"${type}" again`,
      allowed: "each once",
    },
  ]);
});
