import { type Static, type TProperties, type TSchema, Type } from "typebox";

// What the `settings.ts` of every block is written with. An environment spec is checked at run time by the same schema that
// gives its type, because Node strips the types. This file and every `settings.ts` load no SDK, so that reading a spec is cheap.

export { platform } from "./platform.ts";

/** The type of a value with a schema; nothing in it can be changed. */
export type Settings<Schema extends TSchema> = Frozen<Static<Schema>>;

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** An object with exactly these keys. */
export function group<const Properties extends TProperties>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false });
}

/** An object whose keys this schema does not know, with values of one kind. */
export function byName<Item extends TSchema>(item: Item) {
  return Type.Record(Type.String(), item);
}

/** One of several words. */
export function word<const Words extends readonly (string | number)[]>(...words: Words) {
  return Type.Unsafe<Words[number]>(Type.Enum([...words]));
}

export function flag() {
  return Type.Boolean();
}

/** The bounds of a number; both belong to it. A bound here is one that no check of a block has. */
interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

const bounds = ({ least, most }: Bounds) => ({
  ...(least === undefined ? {} : { minimum: least }),
  ...(most === undefined ? {} : { maximum: most }),
});

/** A number whose range the check of the block knows: one place for each range, so one message for each wrong number. */
export function number(given: Bounds = {}) {
  return Type.Number(bounds(given));
}

export function whole(given: Bounds = {}) {
  return Type.Integer(bounds(given));
}

/** A number above 0, such as a price. */
export function amount({ most }: Pick<Bounds, "most"> = {}) {
  return Type.Number({ exclusiveMinimum: 0, ...bounds(most === undefined ? {} : { most }) });
}

/** A hundred years: the most that AWS Backup takes (API reference, Lifecycle). Elsewhere it only catches a slip. */
export const mostDays = 36_500;

/** A text. `such` is a right value, for messages. A pattern here is one that no check of a block has. */
export function text(such: string, form?: { readonly allowed: string; readonly pattern: RegExp }) {
  return Type.String({
    examples: [such],
    ...(form ? { pattern: form.pattern.source, description: form.allowed } : {}),
  });
}

/** A list that names nothing twice. */
export function list<Item extends TSchema>(item: Item) {
  return Type.Array(item, { uniqueItems: true });
}

/** Settings, or the word for a part that the environment does not have. */
export function orWord<Schema extends TSchema, const Word extends string>(schema: Schema, without: Word) {
  return Type.Union([schema, Type.Literal(without)]);
}
