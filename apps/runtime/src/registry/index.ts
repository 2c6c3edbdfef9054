export { SchemaRegistryError } from "./errors.ts";
export { createSchemaRegistry, type RegisteredSchema, type SchemaRegistry } from "./schema-registry.ts";
