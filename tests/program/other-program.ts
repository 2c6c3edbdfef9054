import { spawnSync } from "node:child_process";

/** Runs a tool of the program in a folder, as a person would, without anything else on PATH. */
export function run(folder: string, args: readonly string[]) {
  return spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: "/nowhere" },
    maxBuffer: 256 * 1024 ** 2,
  });
}
