import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";

/**
 * Checks a request without converting its body. The parameters of a query are text, so a number or a boolean in its
 * canonical form is converted: "5" and "true", but not "0x5", "5.0", "1" for true, or the first of two values.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema);
  const properties = httpPart === "querystring" ? propertiesOf(schema) : {};
  return (value: unknown) => {
    const read = httpPart === "querystring" ? readText(value as Record<string, unknown>, properties) : value;
    if (check.Check(read)) return { value: read };
    return { error: [...check.Errors(read)] as never };
  };
};

function propertiesOf(schema: TSchema): Readonly<Record<string, { readonly type?: unknown }>> {
  return (schema as { properties?: Record<string, { type?: unknown }> }).properties ?? {};
}

function readText(
  query: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, { readonly type?: unknown }>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, readOne(value, properties[name]?.type)]),
  );
}

function readOne(value: unknown, type: unknown): unknown {
  if (typeof value !== "string") return value;
  if (type === "integer" && /^(0|-?[1-9][0-9]{0,14})$/.test(value)) return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}
