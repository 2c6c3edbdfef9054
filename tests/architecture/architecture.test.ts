import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));
const sources = tracked.filter((file) => /\.(ts|js)$/.test(file));
const text = (file: string): string => readFileSync(join(root, file), "utf8");

/** Who may import whom, by the first folders of a path. Tests may import more: they are left out. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "components/base/core": ["components/base/core"],
  components: ["components"],
  stacks: ["stacks", "components"],
  infra: ["infra", "stacks", "components", "@task-platform/contracts"],
  policies: ["policies"],
  "apps/contracts": ["apps/contracts"],
  "apps/schema": ["apps/schema", "@task-platform/contracts"],
  "apps/runtime": ["apps/runtime", "@task-platform/contracts", "@task-platform/schema"],
  "apps/task-api": [
    "apps/task-api",
    "@task-platform/contracts",
    "@task-platform/schema",
    "@task-platform/runtime",
  ],
  "apps/task-worker": [
    "apps/task-worker",
    "@task-platform/contracts",
    "@task-platform/schema",
    "@task-platform/runtime",
  ],
  tools: ["tools", "infra", "stacks", "policies", "components", "@task-platform/contracts"],
};

function ruleOf(path: string): string | undefined {
  return Object.keys(allowed)
    .filter((prefix) => path === prefix || path.startsWith(`${prefix}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

interface Import {
  readonly from: string;
  readonly target: string;
  /** Erased before it runs, so it closes no cycle. */
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const found = text(file).matchAll(
    /^\s*(?:import|export)\b[^"';]*?from\s+"([^"]+)"|^\s*import\s+"([^"]+)"/gm,
  );
  return [...found].flatMap((match) => {
    const specifier = match[1] ?? match[2] ?? "";
    if (specifier.startsWith(".")) {
      const target = relative(root, join(root, dirname(file), specifier))
        .split(sep)
        .join("/");
      return [{ from: file, target, typeOnly: /^\s*(import|export) type\b/.test(match[0]) }];
    }
    return specifier.startsWith("@task-platform/")
      ? [{ from: file, target: specifier, typeOnly: false }]
      : [];
  });
}

const isTest = (file: string): boolean => file.endsWith(".test.ts") || /(^|\/)tests?\//.test(file);
const imports = sources.filter((file) => !isTest(file)).flatMap(importsOf);

test("imports go only in the direction the design allows", () => {
  const wrong = imports.filter(({ from, target }) => {
    const rule = ruleOf(from);
    return (
      rule !== undefined &&
      !allowed[rule]?.some((prefix) => target === prefix || target.startsWith(`${prefix}/`))
    );
  });
  expect(wrong).toEqual([]);
});

test("stacks take types and checks from blocks only, never resources", () => {
  const stackSources = sources.filter((file) => file.startsWith("stacks/") && !isTest(file));
  const valueImports = stackSources.flatMap((file) =>
    [...text(file).matchAll(/^import (?!type)[^;]*from "\.\.\/components[^"]*"/gm)].map(
      (match) => `${file}: ${match[0]}`,
    ),
  );
  expect(valueImports).toEqual([]);
});

/** Folder of a room: the folder a door belongs to. */
function room(path: string): string {
  const parts = path.split("/");
  const depth = parts[0] === "components" ? 3 : parts[0] === "apps" || parts[0] === "tools" ? 2 : 1;
  return parts.slice(0, depth).join("/");
}

test("a folder is entered through its index.ts only", () => {
  const throughTheWindow = imports.filter(
    ({ from, target }) =>
      !target.startsWith("@") &&
      room(from) !== room(target) &&
      !target.endsWith("/index.ts") &&
      target !== "infra/account.ts" &&
      target !== "infra/program.ts" &&
      !target.endsWith(".json"),
  );
  expect(throughTheWindow).toEqual([]);
});

test("no source file is longer than 300 lines", () => {
  const long = sources.filter((file) => text(file).split("\n").length > 301);
  expect(long).toEqual([]);
});

/** Functions of a file with the lines each takes. */
function functionsOf(file: string): { readonly name: string; readonly lines: number }[] {
  const source = ts.createSourceFile(file, text(file), ts.ScriptTarget.Latest, true);
  const found: { name: string; lines: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const line = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
      const name = node.name?.getText(source) ?? "a function without a name";
      found.push({ name: `${file}: ${name}`, lines: line(node.end) - line(node.getStart(source)) + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("no function is longer than 60 lines", () => {
  const long = sources
    .filter((file) => !isTest(file))
    .flatMap(functionsOf)
    .filter(({ lines }) => lines > 60);
  expect(long).toEqual([]);
});

test("every component registers its outputs", () => {
  const forgetful = sources.filter(
    (file) => text(file).includes('super("task-platform:') && !text(file).includes("this.registerOutputs("),
  );
  expect(forgetful).toEqual([]);
});

test("no resource is created inside an apply", () => {
  const infrastructure = sources.filter((file) => /^(components|infra)\//.test(file) && !isTest(file));
  const guilty = infrastructure.filter((file) =>
    /\.apply\([^)]*=>\s*\{?[^}]*new (aws|k8s|eks|random)\./s.test(text(file)),
  );
  expect(guilty).toEqual([]);
});

test("only infra/environment.ts reads configuration, and only stacks decide by environment", () => {
  const readers = sources.filter(
    (file) =>
      /^(components|infra)\//.test(file) && !isTest(file) && text(file).includes("new pulumi.Config("),
  );
  expect(readers.filter((file) => file !== "infra/environment/environment.ts")).toEqual([]);
  const deciders = sources.filter(
    (file) =>
      /^(components|infra|apps)\//.test(file) &&
      !isTest(file) &&
      /[!=]==? ?"(dev|staging|prod|dr)"/.test(text(file)),
  );
  expect(deciders).toEqual([]);
});

test("there are at most 14 npm scripts and every dependency is pinned exactly", () => {
  const manifests = tracked.filter((file) => /(^|\/)package\.json$/.test(file));
  const main = JSON.parse(text("package.json")) as { scripts: Record<string, string> };
  expect(Object.keys(main.scripts).length).toBeLessThanOrEqual(14);
  const loose = manifests.flatMap((file) => {
    const manifest = JSON.parse(text(file)) as Record<string, Record<string, string> | undefined>;
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    return Object.entries(all)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version))
      .map(([name, version]) => `${file}: ${name}@${version}`);
  });
  expect(loose).toEqual([]);
});

test("the import graph has no cycle between files", () => {
  const graph = new Map<string, string[]>();
  for (const { from, target } of imports.filter((edge) => !edge.typeOnly))
    graph.set(from, [...(graph.get(from) ?? []), target]);
  const state = new Map<string, "open" | "done">();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      cycles.push([...path, file].join(" -> "));
      return;
    }
    state.set(file, "open");
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, "done");
  };
  for (const file of graph.keys()) visit(file, []);
  expect(cycles).toEqual([]);
});
