import { expect, test } from "vitest";
import { planDigest, planEnvironment, readStackFile, repositoryRoot } from "../../tools/plan/index.ts";
import { type ProgramRun, runProgram } from "../support/program-runner.ts";

function runOf(name: string, config: Readonly<Record<string, string>> = {}): ProgramRun {
  const file = readStackFile(repositoryRoot, name);
  return {
    ...file,
    root: repositoryRoot,
    stack: name,
    config: { ...file.config, "task-platform:allowExampleValues": "true", ...config },
  };
}

test.each(["dev", "staging", "prod", "dr"])(
  "The runner of the SDK runs the entry point for %s and registers the same resources and options as the plan",
  async (name) => {
    const result = await runProgram(runOf(name));
    expect(result.messages).toBe("");
    expect(result.exitCode).toBe(0);
    const booted = result.plan();
    const planned = await planEnvironment(name, { mode: "preview" });
    expect(booted.resources.map((resource) => resource.urn)).toEqual(
      planned.resources.map((resource) => resource.urn),
    );
    expect(planDigest(booted)).toEqual(planDigest(planned));
  },
);

/** Counts the traces that a formatter in JavaScript writes, and tells the count when the process ends. */
const countTraces = `
  let count = 0;
  let formatter;
  const counted = (...given) => { count++; return formatter(...given); };
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    get: () => (formatter ? counted : undefined),
    set: (given) => { formatter = given; },
  });
  process.on("exit", () => console.error("formatted traces: " + count));
`;

test("The traces that the SDK takes of every promise are not formatted with source maps, which would be half of the time", async () => {
  const hook = `--import=data:text/javascript,${encodeURIComponent(countTraces)}`;
  const { messages, plan } = await runProgram({ ...runOf("dev"), nodeArguments: [hook] });
  const count = Number(/formatted traces: (\d+)/.exec(messages)?.[1]);
  expect(plan().resources.length).toBeGreaterThan(300);
  // The SDK takes some before the entry point runs.
  expect(count).toBeLessThan(plan().resources.length);
});

test("An entry point that refuses its environment fails with its message and without a stack trace", async () => {
  const result = await runProgram(runOf("dev", { "task-platform:domain": "not a domain" }));
  expect(result.exitCode).not.toBe(0);
  expect(result.messages).toContain("task-platform:domain");
  expect(result.messages).not.toContain("    at ");
});

test("A deployment of a stack file with example values fails before any resource is registered", async () => {
  const result = await runProgram(runOf("dev", { "task-platform:allowExampleValues": "false" }));
  expect(result.exitCode).not.toBe(0);
  expect(result.messages).toContain("example value");
  expect(result.plan().resources.map((resource) => resource.type)).toEqual(["pulumi:pulumi:Stack"]);
});

test("A missing entry point is a failure", async () => {
  const result = await runProgram({ ...runOf("dev"), main: "infra/missing.ts" });
  expect(result.exitCode).not.toBe(0);
  expect(result.messages).toContain("missing.ts");
});
