import { nearest } from "@task-platform/contracts";
import { isFields, type Node, wordsOf } from "./node.ts";

/** Most characters of a text that a message repeats. */
const shownLength = 80;

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (typeof value === "string") {
    return value.length > shownLength
      ? `${JSON.stringify(`${value.slice(0, shownLength)}…`)}, ${value.length} characters`
      : JSON.stringify(value);
  }
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (isFields(value)) return `a map with ${Object.keys(value).join(", ") || "no key"}`;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : JSON.stringify(value);
}

/** What is allowed. */
export function allowed(node: Node): string {
  const words = wordsOf(node).map(shown).join(", ");
  const parts = node.anyOf?.find(({ properties }) => properties);
  if (parts) return `${words}, or ${allowed(parts)}`;
  if (words !== "") return words;
  if (node.properties) return `a map with ${Object.keys(node.properties).join(", ")}`;
  switch (node.type ?? "") {
    case "boolean":
      return "true or false";
    case "integer":
      return `a whole number${boundsText(node)}`;
    case "number":
      return `a number${boundsText(node)}`;
    case "array":
      return node.items ? `a list, each item ${allowed(node.items)}` : "a list";
    case "string":
      return node.description ?? `a text such as ${exampleOf(node)}`;
    default:
      return "a map of names to settings";
  }
}

function boundsText({ minimum, exclusiveMinimum, maximum }: Node): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  const least = exclusiveMinimum === undefined ? [] : [` above ${exclusiveMinimum}`];
  return [
    ...least,
    ...(minimum === undefined ? [] : [`, ${minimum} or more`]),
    ...(maximum === undefined ? [] : [`${least.length > 0 ? " and" : ""} up to ${maximum}`]),
  ].join("");
}

/** What to change. */
export function remedy(node: Node, value: unknown): string {
  if (value === undefined) return node.examples ? `add it, such as ${exampleOf(node)}` : "add it";
  const words = wordsOf(node);
  if (typeof value === "string" && words.length > 0) {
    const meant = nearest(value, words.map(String));
    const word = words.find((each) => String(each) === meant);
    return word === undefined ? "use one of these" : `did you mean ${shown(word)}?`;
  }
  if (typeof value === "number" && node.type === "string") return `write it in quotes: "${value}"`;
  const number = node.type === "integer" || node.type === "number";
  if (typeof value === "string" && (number || node.type === "boolean")) return "write it without quotes";
  if (words.length > 0) return "use one of these";
  if (typeof value === "number" && number) return "use a number in the range";
  return node.examples ? `write it like ${exampleOf(node)}` : "correct it";
}

function exampleOf({ examples = [] }: Node): string {
  return shown(examples[0]);
}
