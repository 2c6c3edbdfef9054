import { dev } from "./dev.ts";
import { dr } from "./dr.ts";
import type { EnvironmentName, EnvironmentSpec } from "./environment.ts";
import { prod } from "./prod.ts";
import { staging } from "./staging.ts";

export type { EnvironmentName, EnvironmentSpec, SecretsSettings } from "./environment.ts";

export type EnvironmentSpecs = Readonly<Record<EnvironmentName, EnvironmentSpec>>;

/** Every environment by name; the name is also the name of its stack. */
export const specs: EnvironmentSpecs = { dev, staging, prod, dr };
