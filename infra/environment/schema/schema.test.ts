import { Value } from "typebox/value";
import { expect, test } from "vitest";
import {
  type EnvironmentName,
  type EnvironmentSpec,
  environmentSchema,
  specs,
} from "../../../stacks/index.ts";
import { checkEnvironment } from "../../program.ts";
import { rawConfig } from "../test/raw-config.ts";
import type { Node, Path } from "./node.ts";
import { pathText } from "./node.ts";
import { findingsOf } from "./shape.ts";

type Json = Record<string | number, unknown>;

/** A copy of the spec with another value in one place; without the key, if the value is undefined. */
function changed(spec: EnvironmentSpec, path: Path, value: unknown): EnvironmentSpec {
  const copy = structuredClone(spec) as unknown as Json;
  const last = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce((at, step) => at[step] as Json, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy as unknown as EnvironmentSpec;
}

/** The problems of a spec that the stack file has no part in. */
function problemsOf(name: EnvironmentName, spec: EnvironmentSpec) {
  const raw = { ...rawConfig, ...(name === "dev" ? {} : { operatorCidrs: "[]" }) };
  return checkEnvironment(name, raw, { ...specs, [name]: spec }).problems.filter(
    ({ argument }) => !argument.startsWith("task-platform:"),
  );
}

const line = (path: Path, value: unknown): string =>
  problemsOf("dev", changed(specs.dev, path, value))
    .map(({ argument, given, allowed, fix }) => `${argument}: got ${given}; allowed: ${allowed}; ${fix}`)
    .join("\n");

const words = (...all: string[]) => all.map((word) => `"${word}"`).join(", ");

test.each<[Path, unknown, string]>([
  [
    ["network", "nat"],
    "singel",
    `network.nat (stacks/dev.ts): got "singel"; allowed: ${words("none", "single", "per-zone", "regional")}; did you mean "single"?`,
  ],
  [
    ["network", "natt"],
    "single",
    "network.natt (stacks/dev.ts): got an unknown key; allowed: cidr, zones, nat, interfaceEndpoints, publicAccessBlock, flowLogs; did you mean network.nat?",
  ],
  [
    ["cluster", "version"],
    1.36,
    'cluster.version (stacks/dev.ts): got 1.36; allowed: a text such as "1.36"; write it in quotes: "1.36"',
  ],
  [
    ["network", "flowLogs", "aggregationSeconds"],
    300,
    "network.flowLogs.aggregationSeconds (stacks/dev.ts): got 300; allowed: 60, 600; use one of these",
  ],
  [
    ["kafka", "averageEventsPerSecond"],
    -5,
    "kafka.averageEventsPerSecond (stacks/dev.ts): got -5; allowed: a number above 0 and up to 1000000; use a number in the range",
  ],
  [
    ["kafka", "brokers"],
    "3",
    'kafka.brokers (stacks/dev.ts): got "3"; allowed: a whole number; write it without quotes',
  ],
  [
    ["removal"],
    "retain-al",
    `removal (stacks/dev.ts): got "retain-al"; allowed: ${words("remove", "retain-data", "retain-all")}; did you mean "retain-all"?`,
  ],
  [
    ["operations", "backups"],
    "non",
    'operations.backups (stacks/dev.ts): got "non"; allowed: "none", or a map with dailyRetentionDays, continuousRetentionDays, lock, coolingDays, restoreTest; did you mean "none"?',
  ],
  [
    ["network", "flowLogs"],
    undefined,
    "network.flowLogs (stacks/dev.ts): got nothing; allowed: a map with aggregationSeconds, retentionDays; add it",
  ],
])(
  "%j: %j is one problem with place, value, what is allowed and the nearest word",
  (path, value, expected) => {
    expect(line(path, value)).toBe(expected);
  },
);

test.each<[Path, unknown, string[]]>([
  [
    ["network", "interfaceEndpoints"],
    ["sts", "ecr.apii"],
    ["interfaceEndpoints[1]", 'did you mean "ecr.api"?'],
  ],
  [["region"], "us-esat-1", ['region (stacks/dev.ts): got "us-esat-1"', 'did you mean "us-east-1"?']],
  [["recoveryRegion"], "mars-north-1", ["recoveryRegion (stacks/dev.ts)", "eu-west-1", "use one of these"]],
  [
    ["tags", "owner"],
    "Platform Team",
    ["tags.owner (stacks/dev.ts)", "beginning and ending with a letter or a digit"],
  ],
  [["tags", "owner"], "x".repeat(300), ["tags.owner (stacks/dev.ts)", "300 characters", "1 to 63 letters"]],
  [["tags", "costCenter"], "aws:mine", ["tags.costCenter (stacks/dev.ts)"]],
  [["tags", "costCenter"], "a;b", ["tags.costCenter (stacks/dev.ts)"]],
  [["cluster"], undefined, ["cluster (stacks/dev.ts): got nothing"]],
  [
    ["region"],
    "us-west-2",
    ['network.zones (stacks/dev.ts): got use1-az1, use1-az2, use1-az4; allowed: zones of region "us-west-2"'],
  ],
  [["removal"], "retain", ["removal (stacks/dev.ts)", "use one of these"]],
  [
    ["cache", "nodeType"],
    "cache.m7g.lrge",
    ['did you mean "cache.m7g.large"? Otherwise choose one of these'],
  ],
  [["cluster", "nodeGroups", "system", "instanceTypes"], ["t4g.hug"], ["t4g.small, t4g.xlarge"]],
  [["cluster", "nodeGroups", "system", "instanceTypes"], ["t4g.lage"], ['did you mean "t4g.large"?']],
  [
    ["secrets"],
    { owner: "sstaging", readBy: [] },
    ["secrets.owner (stacks/dev.ts)", 'did you mean "staging"?'],
  ],
  [
    ["network", "zones", 0, "slot"],
    "0",
    ["network.zones[0].slot (stacks/dev.ts)", "write it without quotes"],
  ],
  [["workloads", "api", "limits", "cpu"], 2, ["workloads.api.limits.cpu (stacks/dev.ts)", 'in quotes: "2"']],
  [
    ["edge", "logRetentionDays"],
    0,
    ["edge.logRetentionDays (stacks/dev.ts)", "a whole number from 1 to 36500"],
  ],
  [["name"], "dve", ['name (stacks/dev.ts): got "dve"; allowed: "dev", its key in stacks/index.ts']],
])("%j: %j is one line that names the cause", (path, value, parts) => {
  const text = line(path, value);
  expect(text).not.toContain("\n");
  for (const part of parts) expect(text).toContain(part);
});

test("a misspelt key is not also reported as missing", () => {
  const { nat, ...rest } = specs.dev.network;
  const network = { ...rest, natt: nat } as unknown as EnvironmentSpec["network"];
  expect(problemsOf("dev", { ...specs.dev, network }).map(({ argument }) => argument)).toEqual([
    "network.natt (stacks/dev.ts)",
  ]);
});

test("wrong shapes and what the checks find elsewhere are in one message", () => {
  const wrong = [
    [["network", "nat"], "singel"],
    [["cluster", "version"], 1.36],
    [["kafka", "brokers"], 4],
    [["cache", "replicas"], 9],
    [["network", "zones", 2, "slot"], 1],
  ] as const;
  const spec = wrong.reduce<EnvironmentSpec>((at, [path, value]) => changed(at, path, value), specs.dev);
  expect(problemsOf("dev", spec).map(({ argument }) => argument)).toEqual([
    "network.nat (stacks/dev.ts)",
    "cluster.version (stacks/dev.ts)",
    "network.zones[2] (stacks/dev.ts)",
    "cache.replicas (stacks/dev.ts)",
    "kafka.brokers (stacks/dev.ts)",
  ]);
});

test("a spec with a fault elsewhere neither hides nor causes a problem here", () => {
  const staging = changed(specs.staging, ["network", "cidr"], 7);
  const { problems } = checkEnvironment("dev", rawConfig, { ...specs, staging });
  expect(problems).toEqual([]);
});

/** Every place of a value: each key and each item, at any depth. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    ...(path.length === 0 ? [] : [path]),
    ...steps.flatMap((step) => places((value as Json)[step], [...path, step])),
  ];
}

const names = Object.keys(specs) as EnvironmentName[];
const others = [undefined, "no such word", { stranger: 1 }, null, 2.5, -1, true, [], {}, ["no such word"]];

test.each(names)(
  "each place of the spec of %s, wrong in its shape, is a problem that names it first",
  (name) => {
    const silent = places(specs[name]).flatMap((path) =>
      others.slice(0, 3).flatMap((value) => {
        const mutant = changed(specs[name], path, value);
        if (Value.Check(environmentSchema, mutant)) return [];
        const [first] = problemsOf(name, mutant);
        return first?.argument.startsWith(pathText(path))
          ? []
          : [`${pathText(path)} = ${JSON.stringify(value)}`];
      }),
    );
    expect(silent).toEqual([]);
  },
);

test("the answers about the shape are those of typebox", () => {
  const differ = places(specs.prod).flatMap((path) =>
    others.flatMap((value) => {
      const mutant = changed(specs.prod, path, value);
      const ours = findingsOf(environmentSchema as Node, mutant).length === 0;
      return ours === Value.Check(environmentSchema, mutant)
        ? []
        : [`${pathText(path)} = ${JSON.stringify(value)}`];
    }),
  );
  expect(differ).toEqual([]);
});
