import { dev } from "./dev.ts";
import { dr } from "./dr.ts";
import type { EnvironmentName, EnvironmentSpec } from "./environment.ts";
import { prod } from "./prod.ts";
import { staging } from "./staging.ts";

export type { EnvironmentName, EnvironmentSpec, SecretsSettings } from "./environment.ts";

export type EnvironmentSpecs = Readonly<Record<EnvironmentName, EnvironmentSpec>>;

/** A spec with settings for the same roles as the others: the compiler refuses one that forgets a role of dev. */
type CompleteSpec = EnvironmentSpec & {
  readonly workloads: Pick<EnvironmentSpec["workloads"], keyof typeof dev.workloads>;
};

/** Every environment by name; the name is also the name of its stack. */
export const specs: Readonly<Record<EnvironmentName, CompleteSpec>> = { dev, staging, prod, dr };
