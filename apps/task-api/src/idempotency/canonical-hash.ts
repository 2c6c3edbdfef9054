import { createHash } from "node:crypto";

/** Hash of what a body means: neither blanks nor the order of members change it. */
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
