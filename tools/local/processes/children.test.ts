import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Child, Children, type ChildSpec } from "./children.ts";
import { isAlive, soon, temporaryFolder } from "./fixtures.ts";
import { acquireLock } from "./lock.ts";

const waits = "setInterval(() => undefined, 1000)";
const ignoresTerm = `process.on("SIGTERM", () => console.log("no")); console.log("up"); ${waits}`;

function node(name: string, script: string): ChildSpec {
  return { name, command: process.execPath, args: ["-e", script], mark: "-e" };
}

function start(script: string): { children: Children; child: Child; folder: string } {
  const folder = join(temporaryFolder(), "run");
  const children = new Children(acquireLock(folder, () => undefined));
  return { children, child: children.start(node("one", script)), folder };
}

test("a child that ignores the stop signal is killed after its grace period", async () => {
  const { children, child } = start(ignoresTerm);
  expect(await soon(() => child.lastLines(1) === "up")).toBe(true);
  expect(await child.stop("SIGTERM", 200)).toEqual({ code: null, signal: "SIGKILL" });
  await children.release();
});

test("the last lines of a child can be read after it has ended", async () => {
  const { children, child } = start('console.log("a\\nb"); console.error("c"); process.exitCode = 3');
  expect(await child.exited).toEqual({ code: 3, signal: null });
  expect(child.lastLines(2)).toBe("b\nc");
  await children.release();
});

test("a program that does not exist gives an ended child with the reason", async () => {
  const { children } = start(waits);
  const child = children.start({ name: "none", command: "/no/such/program", args: [], mark: "x" });
  expect(await child.exited).toEqual({ code: null, signal: null });
  expect(child.lastLines(1)).toContain("ENOENT");
  await children.release();
});

test("a release kills the children that still run and deletes the folder", async () => {
  const { children, child, folder } = start(waits);
  await children.release();
  expect(isAlive(child.pid)).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

test.each(["SIGKILL", "SIGTERM"] as const)(
  "a holder that is ended by %s leaves no child and no folder",
  async (signal) => {
    const folder = join(temporaryFolder(), "run");
    const door = join(import.meta.dirname, "index.ts");
    const holder = spawn(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `import { acquireLock, Children } from ${JSON.stringify(door)};
       const children = new Children(acquireLock(${JSON.stringify(folder)}, () => undefined));
       const start = (name) => children.start({ name, command: process.execPath, args: ["-e", ${JSON.stringify(ignoresTerm)}], mark: "-e" });
       start("one"); start("two"); ${waits}`,
      ],
      { stdio: "ignore" },
    );
    const pids = (): number[] => {
      const file = join(folder, "lock.json");
      const text = existsSync(file) ? readFileSync(file, "utf8") : "";
      return text.endsWith("}")
        ? (JSON.parse(text) as { children: { pid: number }[] }).children.map(({ pid }) => pid)
        : [];
    };
    expect(await soon(() => pids().length === 2)).toBe(true);
    const [one = 0, two = 0] = pids();
    expect([isAlive(one), isAlive(two)]).toEqual([true, true]);
    holder.kill(signal);
    expect(await soon(() => !isAlive(one) && !isAlive(two) && !existsSync(folder))).toBe(true);
  },
);
