export { type TerraformConfiguration, terraformConfiguration } from "./configuration.ts";
export { findTerraform, planFromEmpty, pluginsVariable, providerSchemas, type Terraform } from "./run.ts";
export { type KindSchemas, readSchemas } from "./schema.ts";
