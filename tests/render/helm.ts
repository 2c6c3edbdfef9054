import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { load, loadAll } from "js-yaml";
import type { Plan, PlannedResource } from "../../tools/plan/index.ts";

/** Helm, and a folder that holds each chart unpacked under its name. */
export interface Charts {
  readonly helm: string;
  readonly folder: string;
}

/** What this machine has: `TASK_PLATFORM_CHARTS` names the folder, and helm is on PATH. */
export function findCharts(env: Readonly<Record<string, string | undefined>>): Charts | undefined {
  const folder = env.TASK_PLATFORM_CHARTS ?? "";
  const helm = (env.PATH ?? "")
    .split(delimiter)
    .map((path) => join(path, "helm"))
    .find(existsSync);
  return folder === "" || helm === undefined ? undefined : { helm, folder };
}

/** An object that a chart makes. */
export interface ChartObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [key: string]: unknown;
}

export interface RenderedChart {
  readonly release: PlannedResource;
  /** Version of the chart in the folder. */
  readonly version: string;
  readonly objects: readonly ChartObject[];
}

/** Every chart of a plan with its values, rendered for a Kubernetes minor such as "1.36". */
export function renderCharts(plan: Plan, { helm, folder }: Charts, minor: string): readonly RenderedChart[] {
  return plan.all("kubernetes:helm.sh/v3:Release").map((release) => {
    const { name, chart, namespace, values } = release.inputs;
    const path = join(folder, String(chart));
    const scratch = mkdtempSync(join(tmpdir(), "task-platform-chart-"));
    try {
      const file = join(scratch, "values.json");
      writeFileSync(file, JSON.stringify(values));
      const place = ["--namespace", String(namespace), "--kube-version", `${minor}.0`];
      const text = execFileSync(helm, ["template", String(name), path, ...place, "--values", file], {
        encoding: "utf8",
      });
      const { version } = load(readFileSync(join(path, "Chart.yaml"), "utf8")) as { version: string };
      return { release, version, objects: loadAll(text).filter(Boolean) as ChartObject[] };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}
