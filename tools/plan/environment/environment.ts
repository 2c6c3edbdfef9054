import { enableCompileCache } from "node:module";
import { join } from "node:path";
import type { Plan, PlanMode } from "../model/index.ts";
import type { OutputOverrides } from "../outputs/index.ts";
import { readStackFile } from "./stack-file.ts";

export interface EnvironmentOptions {
  /** @default "resolved" */
  readonly mode?: PlanMode;
  /** Replaces values of the stack file. Keys are as in the file, or without the name of the project. */
  readonly config?: Readonly<Record<string, string>>;
  /** Replaces outputs from the tables. */
  readonly outputs?: OutputOverrides;
  /** Folder of `Pulumi.yaml`. @default this repository */
  readonly root?: string;
  /** @default the program of this repository */
  readonly program?: () => unknown;
}

/** This repository. */
export const repositoryRoot = join(import.meta.dirname, "..", "..", "..");

const compiledCode = join(repositoryRoot, "node_modules", ".cache", "task-platform", "compiled");

/**
 * Plans the program for an environment, with the configuration of its stack file.
 *
 * @throws Error with everything wrong in the stack file, in the environment, or in the plan.
 */
export async function planEnvironment(name: string, options: EnvironmentOptions = {}): Promise<Plan> {
  const stack = readStackFile(options.root ?? repositoryRoot, name);
  // Loading the SDK and the schemas is a third of a plan; compiled code of an earlier plan saves a part of it.
  enableCompileCache(compiledCode);
  // Loaded late, so that the cache serves them and the error for a mistyped environment does not wait for the SDK.
  const { planProgram } = await import("../monitor/index.ts");
  const infra = await import("../../../infra/program.ts");
  const given = withNamespace(stack.project, options.config ?? {});
  const secretKeys = infra.secretConfigKeys.map((key) => `${stack.project}:${key}`);
  return planProgram(options.program ?? infra.program, {
    project: stack.project,
    stack: name,
    mode: options.mode ?? "resolved",
    config: {
      ...stack.config,
      // A plan creates nothing, so example values are allowed.
      [`${stack.project}:${infra.allowExampleValuesKey}`]: "true",
      ...given,
    },
    // A tool cannot encrypt the values that it gives, so they count as encrypted.
    secretKeys: [...stack.secretKeys, ...secretKeys.filter((key) => key in given)],
    outputs: options.outputs ?? {},
  });
}

/** Problems that a plan allows and a deployment refuses, such as example values in the stack file. */
export async function deployProblems(name: string, root = repositoryRoot): Promise<readonly string[]> {
  const { checkEnvironment } = await import("../../../infra/program.ts");
  const { project, config, secretKeys } = readStackFile(root, name);
  const prefix = `${project}:`;
  const own = Object.entries(config)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]): [string, string] => [key.slice(prefix.length), value]);
  const encrypted = secretKeys.map((key) => (key.startsWith(prefix) ? key.slice(prefix.length) : key));
  return checkEnvironment(name, Object.fromEntries(own), undefined, encrypted).problems.map(
    ({ argument, given }) => `${argument}: ${given}`,
  );
}

function withNamespace(project: string, config: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]),
  );
}
