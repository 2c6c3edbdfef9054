import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../plan/index.ts";
import { kubernetesFiles, kubernetesLeftOut, type ManifestFile } from "./kubernetes.ts";
import { type KindSchemas, terraformDocument } from "./terraform/index.ts";

/** A plan in the languages that other tools read. */
export interface Rendering {
  readonly kubernetes: readonly ManifestFile[];
  /** Content of `main.tf.json`. */
  readonly terraform: Readonly<Record<string, unknown>>;
  /** What is in neither, or in one of them only; one line each with the reason. */
  readonly leftOut: readonly string[];
}

/** @param schemas What an AWS provider at hand knows; without it nothing is left out for being too new. */
export function render(plan: Plan, schemas?: KindSchemas): Rendering {
  const { json, leftOut } = terraformDocument(plan, schemas);
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
  // Only what has the form of our own names: the folder may be somebody's.
  for (const name of readdirSync(manifests))
    if (/^\d{3,}-.+\.yaml$/.test(name)) rmSync(join(manifests, name));
  for (const { name, text } of rendering.kubernetes) writeFileSync(join(manifests, name), text);
  writeFileSync(join(terraform, "main.tf.json"), `${JSON.stringify(rendering.terraform, null, 2)}\n`);
  writeFileSync(join(folder, "left-out.txt"), rendering.leftOut.map((line) => `${line}\n`).join(""));
}
