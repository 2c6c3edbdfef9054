/** The resource for which an output table computes outputs. */
export interface OutputContext {
  readonly type: string;
  readonly name: string;
  /** Computed from type and name, the same in every run. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly accountId: string;
  readonly region: string;
  /** Eight hexadecimal digits that are different for every resource. */
  readonly hash: string;
  readonly arn: (service: string, resource: string, region?: string) => string;
}

/** Type token → function that computes the outputs of a provider. An `id` in the result replaces the generic id. */
export type OutputTable = Readonly<Record<string, (resource: OutputContext) => Record<string, unknown>>>;

/** Outputs that replace those of the tables, by type token or by `type::name`. */
export type OutputOverrides = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A UUID that is different for every resource. */
export function uuidOf(r: OutputContext): string {
  return `${r.hash}-0000-4000-8000-${r.hash}0000`;
}

/** The given name, or a name as Pulumi generates it: the logical name and seven digits. */
export function nameOf(r: OutputContext, input = "name"): string {
  const given = r.inputs[input];
  return typeof given === "string" ? given : `${r.name}-${r.hash.slice(0, 7)}`;
}
