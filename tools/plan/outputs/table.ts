/** What an entry of an output table knows about the resource it speaks for. */
export interface OutputContext {
  readonly type: string;
  readonly name: string;
  /** Made from type and name, the same on every run. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly accountId: string;
  readonly region: string;
  /** Eight hexadecimal digits that tell the resource apart. */
  readonly hash: string;
  readonly arn: (service: string, resource: string, region?: string) => string;
}

/** Outputs that a provider would make, by type token; `id` in the answer replaces the generic id. */
export type OutputTable = Readonly<Record<string, (resource: OutputContext) => Record<string, unknown>>>;

/** Outputs that win over the tables, by type token, and by logical name where given as `type::name`. */
export type OutputOverrides = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The given name, or a name as Pulumi makes it: the logical name and seven digits. */
export function nameOf(r: OutputContext, input = "name"): string {
  const given = r.inputs[input];
  return typeof given === "string" ? given : `${r.name}-${r.hash.slice(0, 7)}`;
}
