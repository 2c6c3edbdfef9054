export { SchemaRegistryError } from "./errors.ts";
export { createSchemaRegistry, type SchemaRegistry } from "./schema-registry.ts";
