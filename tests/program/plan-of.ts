import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { allowExampleValuesKey, program } from "../../infra/program.ts";
import { type EnvironmentName, pages } from "../../stacks/index.ts";
import { type Plan, type PlanMode, planProgram } from "../../tools/plan/index.ts";

export const root = join(import.meta.dirname, "..", "..");

export const environments = Object.keys(pages) as EnvironmentName[];

/** The configuration of a stack file as the CLI hands it over: values that are no text as JSON. */
export function configOf(name: EnvironmentName): Record<string, string> {
  const file = parse(readFileSync(join(root, `Pulumi.${name}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  return Object.fromEntries(
    Object.entries(file.config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
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

/** The plan of the real program for an environment, with its stack file as it is; equal questions are planned once. */
export function planOf(name: EnvironmentName, changes: Changes = {}): Promise<Plan> {
  const key = JSON.stringify([name, changes]);
  const plan = plans.get(key) ?? planAgain(name, changes);
  plans.set(key, plan);
  return plan;
}

function planAgain(name: EnvironmentName, changes: Changes): Promise<Plan> {
  const examples = changes.allowExamples ?? true;
  return planProgram(program, {
    stack: changes.stack ?? name,
    mode: changes.mode ?? "resolved",
    config: {
      ...configOf(name),
      ...(examples ? { [`task-platform:${allowExampleValuesKey}`]: "true" } : {}),
      ...changes.config,
    },
  });
}
