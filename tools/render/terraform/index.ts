export { terraformConfiguration } from "./configuration.ts";
export { findTerraform, planFromEmpty, providerSchemas } from "./run.ts";
export type { KindSchemas } from "./schema.ts";
