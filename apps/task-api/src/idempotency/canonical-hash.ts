import { createHash } from "node:crypto";

/** Hash of a body that depends neither on white space nor on the order of members. */
export function canonicalHash(body: unknown): Buffer {
  return createHash("sha256").update(canonicalText(body)).digest();
}

function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`);
  return `{${members.join(",")}}`;
}
