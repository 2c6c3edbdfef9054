import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { cacheFolder } from "../../cache/index.ts";

/** The CLI version that set-up builds. Its Go module and the versions of the npm packages are released together. */
export const builtVersion = "3.274.1";

/** A Pulumi CLI that can run the program. */
export interface Cli {
  readonly command: string;
  readonly version: string;
}

/** `found`, or the reason why there is none. */
export type CliSearch = { readonly cli: Cli } | { readonly missing: string };

type Env = Readonly<Record<string, string | undefined>>;

/** Where set-up puts its own build. Its name contains the version, so a changed version is built again. */
export function builtCli(env: Env = process.env): string {
  return join(cacheFolder(env), `pulumi-${builtVersion}`, "pulumi");
}

/** The CLI on PATH if it is not older than the SDK, else the one that set-up built. */
export function findCli(env: Env = process.env): CliSearch {
  const needed = sdkVersion();
  const onPath = (env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "pulumi"))
    .find((file) => existsSync(file));
  const given = onPath === undefined ? undefined : versionOf(onPath);
  if (onPath !== undefined && given !== undefined && !isOlder(given, needed))
    return { cli: { command: onPath, version: given } };
  const built = builtCli(env);
  if (existsSync(built)) return { cli: { command: built, version: builtVersion } };
  const old = given === undefined ? "" : ` (the one on PATH is ${given}, and the SDK needs ${needed})`;
  return { missing: `there is no Pulumi CLI${old}; set-up builds one where Go ${oldestGo} or newer is` };
}

/** The oldest Go that compiles the CLI, as its own go.mod says. */
export const oldestGo = "1.26.6";

/** Version of the Go compiler on PATH, if there is one. */
export function goVersion(env: Env = process.env): string | undefined {
  const { stdout } = spawnSync("go", ["env", "GOVERSION"], { encoding: "utf8", env, timeout: 20_000 });
  return /^go(\d+\.\d+(?:\.\d+)?)/.exec(stdout ?? "")?.[1];
}

/** Compares two versions number by number. */
export function isOlder(version: string, than: string): boolean {
  const [mine, theirs] = [version, than].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (mine?.[index] ?? 0) - (theirs?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The CLI prints its version as "v3.274.1". */
function versionOf(command: string): string | undefined {
  const { stdout } = spawnSync(command, ["version"], {
    encoding: "utf8",
    timeout: 20_000,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return /^v?(\d+\.\d+\.\d+)/.exec(stdout ?? "")?.[1];
}

function sdkVersion(): string {
  const manifest = createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json");
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
