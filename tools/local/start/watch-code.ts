import { watch } from "node:fs";
import { join } from "node:path";

/** An editor writes several files at once, or one in several steps. */
const quietMs = 300;

/** What a change of code means for the services. */
export interface CodeChange {
  /** Folders of `apps/` in which something changed. */
  readonly packages: ReadonlySet<string>;
  /** Whether a migration changed. Migrations run only at the start. */
  readonly migrations: boolean;
}

/**
 * Calls `changed` once for each burst of changes of code below `apps/`, until the signal. Tests and texts do not count.
 * `failed` gets the reason when nothing is watched any more.
 */
export function watchCode(
  root: string,
  changed: (change: CodeChange) => void,
  failed: (reason: string) => void,
  signal: AbortSignal,
): void {
  let files: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(join(root, "apps"), { recursive: true, signal }, (_event, file) => {
    if (file === null || !isCode(file)) return;
    files.push(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const burst = files;
      files = [];
      changed(changeOf(burst));
    }, quietMs);
  });
  watcher.on("error", (error) => failed(error.message));
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}

/** Whether a service loads the file. */
export function isCode(file: string): boolean {
  const parts = file.split(/[\\/]/);
  return (
    !parts.includes("node_modules") && parts[1] !== "test" && /(?<!\.test)\.(ts|sql|proto|avsc)$/.test(file)
  );
}

export function changeOf(files: readonly string[]): CodeChange {
  return {
    packages: new Set(files.map((file) => file.split(/[\\/]/)[0] ?? "")),
    migrations: files.some((file) => file.endsWith(".sql")),
  };
}

/**
 * Which processes run changed code, by their arguments. A package with a `main.ts` that runs here belongs to its processes;
 * every process uses all other packages.
 */
export function affected<T extends { readonly args: readonly string[] }>(
  processes: readonly T[],
  { packages }: CodeChange,
): T[] {
  const services = new Set(processes.map(({ args }) => packageOf(args)));
  const shared = [...packages].some((name) => !services.has(name));
  return processes.filter(({ args }) => shared || packages.has(packageOf(args) ?? ""));
}

function packageOf(args: readonly string[]): string | undefined {
  return args
    .map((arg) => /^apps\/([^/]+)\/src\/main\.ts$/.exec(arg)?.[1])
    .find((name) => name !== undefined);
}
