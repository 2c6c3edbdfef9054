import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

const compiler = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");

/**
 * Type errors of the program and the environment specs, one line each with file and line. Node strips the types, so
 * nothing else would read them before a deploy. The compiler keeps what it knows: only the first run takes long.
 *
 * @throws Error when the compiler itself fails.
 */
export function typeErrors(root: string): readonly string[] {
  const project = join(root, "tools", "deploy", "tsconfig.json");
  const result = spawnSync(process.execPath, [compiler, "-p", project, "--pretty", "false"], {
    cwd: root,
    encoding: "utf8",
  });
  const found = readErrors(result.stdout);
  if (result.status !== 0 && found.length === 0) {
    throw new Error(`the type check did not run: ${result.error?.message ?? result.stdout + result.stderr}`);
  }
  return found;
}

/** The lines of the compiler that name a place. It explains an error in further lines, which are indented. */
export function readErrors(output: string): readonly string[] {
  return output.split("\n").flatMap((line) => {
    const [, file, at, message] = /^(\S.*)\((\d+),\d+\): error TS\d+: (.*)$/.exec(line) ?? [];
    return file === undefined || at === undefined || message === undefined
      ? []
      : [`${file}:${at}: ${message}`];
  });
}
