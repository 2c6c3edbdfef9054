import { spawnSync } from "node:child_process";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** Prints, at the end of the process, the URL of every module that it loaded. */
const recorder = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from "node:fs";
  import { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
  process.on("exit", () => writeFileSync(1, JSON.stringify(loaded)));
`)}`;

/** Packages and folders of this repository that a process loads. */
function loadedBy(args: readonly string[]): Set<string> {
  const { stdout } = spawnSync(process.execPath, ["--import", recorder, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env.PATH },
  });
  const files = (JSON.parse(stdout) as string[])
    .filter((url) => url.startsWith("file:"))
    .map((url) => fileURLToPath(url));
  return new Set(
    files.map((file) => {
      const [, scopeOrName, name] = /.*\/node_modules\/([^/]+)\/([^/]+)/.exec(file) ?? [];
      if (scopeOrName !== undefined)
        return scopeOrName.startsWith("@") ? `${scopeOrName}/${name}` : scopeOrName;
      return relative(root, join(file, ".."));
    }),
  );
}

/** With a wrong argument, a service loads its modules and refuses to start. */
const refused = (entry: string): string[] => [entry, "no-such-argument"];
const imported = (file: string): string[] => ["--eval", `await import("./${file}")`];
const role = (name: string): string => `apps/task-worker/src/roles/${name}`;

test.each([
  {
    what: "the API",
    args: refused("apps/task-api/src/main.ts"),
    loads: ["fastify", "pg", "apps/runtime/src/outbox"],
    never: ["@platformatic/kafka", "apps/runtime/src/kafka", "apps/runtime/src/outbox/relay"],
  },
  {
    what: "a worker without a role",
    args: refused("apps/task-worker/src/main.ts"),
    loads: ["apps/runtime/src/config"],
    never: ["@platformatic/kafka", "pg", role("relay"), role("processor")],
  },
  {
    what: "the relay",
    args: imported(`${role("relay")}/index.ts`),
    loads: ["@platformatic/kafka", "pg", "apps/runtime/src/outbox/relay"],
    never: ["fastify", "ioredis", "node-pg-migrate", "apps/task-api/src", role("processor")],
  },
  {
    what: "the processor",
    args: imported(`${role("processor")}/index.ts`),
    loads: ["@platformatic/kafka", "pg"],
    never: [
      "fastify",
      "ioredis",
      "node-pg-migrate",
      "apps/task-api/src",
      role("relay"),
      "apps/runtime/src/outbox/relay",
    ],
  },
  {
    what: "the environment specs with their schema",
    args: imported("stacks/index.ts"),
    loads: ["typebox", "components/stores/kafka", "stacks"],
    never: ["@pulumi/pulumi", "@pulumi/aws", "apps/contracts/src"],
  },
])("$what loads only the modules that it uses", ({ args, loads, never }) => {
  const loaded = loadedBy(args);
  expect([...loaded]).toEqual(expect.arrayContaining(loads));
  expect(never.filter((one) => loaded.has(one))).toEqual([]);
});
