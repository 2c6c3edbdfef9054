import { dev } from "./dev.ts";
import { dr } from "./dr.ts";
import type { EnvironmentName, EnvironmentPage } from "./environment.ts";
import { prod } from "./prod.ts";
import { staging } from "./staging.ts";

export type { EnvironmentName, EnvironmentPage, SecretsSettings } from "./environment.ts";

export type Pages = Readonly<Record<EnvironmentName, EnvironmentPage>>;

/** Every environment by name; the name is also the name of its stack. */
export const pages: Pages = { dev, staging, prod, dr };
