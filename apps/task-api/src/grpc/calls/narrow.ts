import type { Static, TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { schemaProblem } from "../../problems/index.ts";

const compiled = new WeakMap<TSchema, Validator>();

/**
 * Checks a message against an input schema, the same one that REST uses. `words` maps a name of the schema to the name
 * in the proto where they differ.
 *
 * @throws Problem `invalid-request` with every error.
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
