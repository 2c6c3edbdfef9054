import { join } from "node:path";
import { platform } from "../../components/base/core/index.ts";
import { allowExampleValuesKey, program, secretConfigKeys } from "../../infra/program.ts";
import { type EnvironmentName, specs } from "../../stacks/index.ts";
import { type Plan, type PlanMode, planProgram, readStackFile } from "../../tools/plan/index.ts";

export const root = join(import.meta.dirname, "..", "..");

export const environments = Object.keys(specs) as EnvironmentName[];

/** The configuration of a stack file, as the CLI passes it. */
export function configOf(name: EnvironmentName): Readonly<Record<string, string>> {
  return readStackFile(root, name).config;
}

export interface Changes {
  readonly mode?: PlanMode;
  readonly config?: Readonly<Record<string, string>>;
  /** @default true, as every tool does */
  readonly allowExamples?: boolean;
  /** @default the environment's name */
  readonly stack?: string;
}

const plans = new Map<string, Promise<Plan>>();

/** The plan of the program for an environment with its stack file. Equal calls share one plan. */
export function planOf(name: EnvironmentName, changes: Changes = {}): Promise<Plan> {
  const key = JSON.stringify([name, changes]);
  const plan = plans.get(key) ?? planAgain(name, changes);
  plans.set(key, plan);
  return plan;
}

function planAgain(name: EnvironmentName, changes: Changes): Promise<Plan> {
  const examples = changes.allowExamples ?? true;
  const changed = Object.keys(changes.config ?? {});
  return planProgram(program, {
    secretKeys: [
      ...readStackFile(root, name).secretKeys,
      ...secretConfigKeys.map((key) => `${platform.name}:${key}`).filter((key) => changed.includes(key)),
    ],
    stack: changes.stack ?? name,
    mode: changes.mode ?? "resolved",
    config: {
      ...configOf(name),
      ...(examples ? { [`${platform.name}:${allowExampleValuesKey}`]: "true" } : {}),
      ...changes.config,
    },
  });
}
