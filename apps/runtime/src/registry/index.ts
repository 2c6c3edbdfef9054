export {
  createSchemaRegistry,
  type RegisteredSchema,
  type SchemaRegistry,
  SchemaRegistryError,
} from "./schema-registry.ts";
