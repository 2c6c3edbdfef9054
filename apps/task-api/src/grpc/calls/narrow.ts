import type { Static, TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { schemaProblem } from "../problems/index.ts";

const compiled = new WeakMap<TSchema, Validator>();

/**
 * A message as the type of a schema of REST: one schema says what a title is, whichever way it comes. `words` are
 * the names of the proto where they differ from the schema's.
 *
 * @throws Problem `invalid-request` with all places that are wrong.
 */
export function narrow<const Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  words: Readonly<Record<string, string>> = {},
): Static<Schema> {
  const check = compiled.get(schema) ?? (Compile(schema) as unknown as Validator);
  compiled.set(schema, check);
  if (check.Check(value)) return value as Static<Schema>;
  throw schemaProblem([...check.Errors(value)], (pointer) => {
    const member = pointer.slice(1);
    return words[member] ?? (member === "" ? "the message" : member);
  });
}
