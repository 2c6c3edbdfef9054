import { dev } from "./dev.ts";
import { dr } from "./dr.ts";
import type { EnvironmentSpec } from "./environment.ts";
import { prod } from "./prod.ts";
import { staging } from "./staging.ts";

export { type EnvironmentSpec, environmentSchema, type SecretsSettings } from "./environment.ts";

/** Environments by name. Tests plan with others than those below. */
export type EnvironmentSpecs = Readonly<Record<string, EnvironmentSpec>>;

/** A spec with settings for the same roles as the others: the compiler refuses one that forgets a role of dev. */
type CompleteSpec = EnvironmentSpec & {
  readonly workloads: Pick<EnvironmentSpec["workloads"], keyof typeof dev.workloads>;
};

/** One line for each environment. The name is also the name of its stack. */
const all = { dev, staging, prod, dr } satisfies Readonly<Record<string, CompleteSpec>>;

export type EnvironmentName = keyof typeof all;

/** Every environment by name. */
export const specs: Readonly<Record<EnvironmentName, CompleteSpec>> = all;
