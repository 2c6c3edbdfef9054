import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { applyWaivers, type Context, type Verdict, type Waiver } from "../../policies/index.ts";
import { runInGroup } from "./run-in-group.ts";

/** The version that set-up installs, and that the waivers were written for. */
export const checkovVersion = "3.3.13";

/** Four environments take about 15 s on two free cores, and minutes on busy ones. */
const scanTimeoutMs = 600_000;

/** A failed check. */
export interface Finding {
  /** Such as "CKV_AWS_18". */
  readonly check: string;
  readonly title: string;
  /** Name of the resource, without its kind. */
  readonly resource: string;
  /** Path of its file below the folder that was scanned. */
  readonly file: string;
}

/** Result of a scan. */
export interface Scan {
  readonly passed: number;
  readonly findings: readonly Finding[];
}

/** Where set-up puts its own copy, below a cache folder. */
export function checkovFolder(cacheFolder: string): string {
  return join(cacheFolder, `checkov-${checkovVersion}`);
}

/** The copy that set-up installed, or the one on PATH. */
export function findCheckov(
  cacheFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const onPath = (env.PATH ?? "").split(delimiter).map((folder) => join(folder, "checkov"));
  return [join(checkovFolder(cacheFolder), "bin", "checkov"), ...onPath].find((file) => existsSync(file));
}

/** Scans a folder of renderings. Nothing is sent anywhere, nothing is fetched, and no process is left. */
export async function scan(command: string, folder: string): Promise<Scan> {
  const args = ["--directory", folder, "--framework", "terraform_json", "kubernetes"];
  const quiet = ["--skip-download", "--compact", "--soft-fail", "--output", "json"];
  const { stdout } = await runInGroup(command, [...args, ...quiet], {
    timeoutMs: scanTimeoutMs,
    env: { ...process.env, LOG_LEVEL: "ERROR" },
  });
  return readReport(stdout);
}

interface Report {
  readonly summary?: { readonly passed: number; readonly parsing_errors: number };
  readonly results?: {
    readonly failed_checks: readonly {
      check_id: string;
      check_name: string;
      resource: string;
      file_path: string;
    }[];
    readonly parsing_errors?: readonly string[];
  };
}

/** @throws Error when Checkov could not parse a file: it is then not scanned, which would look like success. */
export function readReport(text: string): Scan {
  const parsed = JSON.parse(text) as Report | readonly Report[];
  const reports = Array.isArray(parsed) ? (parsed as readonly Report[]) : [parsed as Report];
  const unread = reports.flatMap(({ results }) => results?.parsing_errors ?? []);
  if (unread.length > 0) throw new Error(`checkov could not read ${unread.join(", ")}`);
  return {
    passed: reports.reduce((sum, { summary }) => sum + (summary?.passed ?? 0), 0),
    findings: reports.flatMap(({ results }) =>
      (results?.failed_checks ?? []).map(({ check_id, check_name, resource, file_path }) => ({
        check: check_id,
        title: check_name,
        resource: resource.split(".").at(-1) ?? resource,
        file: file_path.replace(/^\//, ""),
      })),
    ),
  };
}

/** Judges the findings of one environment by the waivers that the policy pack reads too. */
export function judgeScan(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  context: Context,
): Verdict<Finding> {
  return applyWaivers(findings, ({ check, resource }) => ({ id: check, resource }), context, waivers);
}
