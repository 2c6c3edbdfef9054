import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../plan/index.ts";
import { kubernetesFiles, kubernetesLeftOut, type ManifestFile } from "./kubernetes.ts";
import { type KindSchemas, terraformConfiguration } from "./terraform/index.ts";

/** A plan in the formats that other tools read. */
export interface Rendering {
  readonly kubernetes: readonly ManifestFile[];
  /** Content of `main.tf.json`. */
  readonly terraform: Readonly<Record<string, unknown>>;
  /** Resources that are missing from one or both; one line each with the reason. */
  readonly leftOut: readonly string[];
}

/** @param schemas Kinds and arguments of an installed AWS provider. Without them nothing is left out as too new. */
export function render(plan: Plan, schemas?: KindSchemas): Rendering {
  const { json, leftOut } = terraformConfiguration(plan, schemas);
  return {
    kubernetes: kubernetesFiles(plan),
    terraform: json,
    leftOut: [...leftOut, ...kubernetesLeftOut(plan)],
  };
}

/** Writes a rendering; manifests of an earlier one that are no longer made are removed. */
export function writeRendering(rendering: Rendering, folder: string): void {
  const manifests = join(folder, "kubernetes");
  const terraform = join(folder, "terraform");
  mkdirSync(manifests, { recursive: true });
  mkdirSync(terraform, { recursive: true });
  // Only files with names like ours: the folder may hold other files.
  for (const name of readdirSync(manifests))
    if (/^\d{3,}-.+\.yaml$/.test(name)) rmSync(join(manifests, name));
  for (const { name, text } of rendering.kubernetes) writeFileSync(join(manifests, name), text);
  writeFileSync(join(terraform, "main.tf.json"), `${JSON.stringify(rendering.terraform, null, 2)}\n`);
  writeFileSync(join(folder, "left-out.txt"), rendering.leftOut.map((line) => `${line}\n`).join(""));
}
