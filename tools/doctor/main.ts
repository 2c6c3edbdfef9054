import { spawnSync } from "node:child_process";
import { resolveNs } from "node:dns/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { specs } from "../../stacks/index.ts";
import { fitTerminal, runProgram } from "../command-line/index.ts";
import { deployProblems, repositoryRoot } from "../plan/index.ts";
import { readEnvironment, usage } from "./command.ts";
import { examine, reportText } from "./examine.ts";
import { readPlace } from "./place.ts";
import type { Ask } from "./types.ts";

/** A question that hangs, such as one without a network, must not hang the report. */
const longestAnswerMs = 60_000;

const ask: Ask = (program, args) => {
  const result = spawnSync(program, [...args], { encoding: "utf8", timeout: longestAnswerMs });
  if (result.error && "code" in result.error && result.error.code === "ENOENT") return undefined;
  return { status: result.status ?? 1, stdout: result.stdout ?? "", stderr: result.stderr ?? "" };
};

async function main(args: readonly string[]): Promise<number> {
  const names = Object.keys(specs) as (keyof typeof specs)[];
  const given = readEnvironment(args, names);
  const environment = names.find((name) => name === given);
  const { engines, dependencies } = JSON.parse(
    readFileSync(join(repositoryRoot, "package.json"), "utf8"),
  ) as {
    readonly engines: { readonly node: string };
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const findings = await examine({
    ask,
    versions: {
      node: process.versions.node,
      oldestNode: engines.node.replace(/^>=/, ""),
      sdk: (dependencies["@pulumi/pulumi"] ?? "").split(".").slice(0, 2).join("."),
    },
    resolve: resolveNs,
    ...(environment === undefined
      ? {}
      : { place: readPlace(repositoryRoot, environment), deployProblems: await deployProblems(environment) }),
  });
  process.stdout.write(fitTerminal(reportText(findings), process.stdout.columns));
  return findings.some(({ status }) => status === "problem") ? 1 : 0;
}

await runProgram(main, usage);
