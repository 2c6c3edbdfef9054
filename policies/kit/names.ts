import type { Resource } from "./types.ts";
import { text } from "./values.ts";

/**
 * The name that a resource has in AWS, or how it begins. Where the program gives neither a name nor a prefix, the provider
 * makes a name from the logical one. Rules must not read `name` alone: a program gives a prefix, or nothing, where the
 * engine shows a name.
 */
export function startOfName({ inputs, name }: Resource, key: "name" | "bucket" = "name"): string {
  return text(inputs[key]) || text(inputs[`${key}Prefix`]) || name;
}

/** Whether the provider made a name: the logical name in lower case, a hyphen and seven hexadecimal digits. */
export function isMadeByProvider(given: unknown, { name }: Resource): boolean {
  const [, start] = /^(.*)-[0-9a-f]{7}$/.exec(text(given)) ?? [];
  return start !== undefined && start !== "" && name.toLowerCase().startsWith(start.toLowerCase());
}
