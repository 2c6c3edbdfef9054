import { isRecord } from "./names.ts";

/** A block of a provider's schema, as `terraform providers schema -json` writes it. */
export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, { readonly type?: unknown; readonly computed?: boolean }>>;
  readonly block_types?: Readonly<
    Record<string, { readonly nesting_mode: string; readonly block: BlockSchema }>
  >;
}

/** Kind → its block. */
export type KindSchemas = ReadonlyMap<string, BlockSchema>;

/** Arguments of Terraform itself, in every resource. */
const metaArguments: ReadonlySet<string> = new Set(["provider", "depends_on", "lifecycle"]);

/** The kinds of the AWS provider in the output of `terraform providers schema -json`. */
export function readSchemas(text: string): KindSchemas {
  const schemas = JSON.parse(text) as {
    provider_schemas?: Record<string, { resource_schemas?: Record<string, { block: BlockSchema }> }>;
  };
  const aws = Object.entries(schemas.provider_schemas ?? {}).find(([source]) =>
    source.endsWith("/hashicorp/aws"),
  );
  return new Map(Object.entries(aws?.[1].resource_schemas ?? {}).map(([kind, { block }]) => [kind, block]));
}

/** The part of a block that a provider knows, and the paths that it does not know. */
export function prune(
  body: Readonly<Record<string, unknown>>,
  schema: BlockSchema | undefined,
): { readonly body: Record<string, unknown>; readonly unknown: readonly string[] } {
  if (!schema) return { body: { ...body }, unknown: [] };
  const unknown: string[] = [];
  const meta = Object.entries(body).filter(([name]) => metaArguments.has(name));
  const own = Object.fromEntries(Object.entries(body).filter(([name]) => !metaArguments.has(name)));
  const kept = pruneBlock(own, schema, "", unknown);
  const ignored = dropIgnored(Object.fromEntries(meta), unknown);
  return { body: { ...kept, ...ignored }, unknown: [...new Set(unknown)] };
}

function pruneBlock(
  body: Readonly<Record<string, unknown>>,
  schema: BlockSchema,
  path: string,
  unknown: string[],
): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    const at = path === "" ? name : `${path}.${name}`;
    const nested = schema.block_types?.[name];
    const attribute = schema.attributes?.[name];
    if (nested) {
      const one = (item: unknown): unknown =>
        isRecord(item) ? pruneBlock(item, nested.block, at, unknown) : item;
      kept[name] = Array.isArray(value) ? value.map(one) : one(value);
    } else if (attribute) kept[name] = complete(value, attribute.type);
    else unknown.push(at);
  }
  return kept;
}

/** An attribute made of objects needs all their fields; a block may leave fields out. */
function complete(value: unknown, type: unknown): unknown {
  if (!Array.isArray(type) || type.length !== 2) return value;
  const [collection, element] = type as [string, unknown];
  if ((collection === "list" || collection === "set") && Array.isArray(value))
    return value.map((item) => complete(item, element));
  if (collection !== "object" || !isRecord(value) || !isRecord(element)) return value;
  return Object.fromEntries(
    Object.entries(element).map(([name, field]) => [
      name,
      name in value ? complete(value[name], field) : null,
    ]),
  );
}

/** A path that is ignored must exist. */
function dropIgnored(meta: Record<string, unknown>, unknown: readonly string[]): Record<string, unknown> {
  const { lifecycle } = meta;
  if (!isRecord(lifecycle) || !Array.isArray(lifecycle.ignore_changes)) return meta;
  const known = lifecycle.ignore_changes.filter(
    (path) => !unknown.includes(String(path).replaceAll("[0]", "")),
  );
  return { ...meta, lifecycle: { ...lifecycle, ignore_changes: known } };
}
