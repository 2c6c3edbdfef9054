import { nearest } from "@task-platform/contracts";
import type { Problem } from "../../../components/base/core/index.ts";
import { type Fields, isFields, isRight, type Node, type Path, pathText, wordsOf } from "./node.ts";
import { allowed, remedy, shown } from "./words.ts";

/** One place of a spec that does not have the shape of its schema. */
export interface Finding {
  readonly path: Path;
  /** What belongs there; undefined for a key that the schema does not know. */
  readonly node: Node | undefined;
  /** Undefined for a missing key that another finding reports as misspelt. */
  readonly problem: Problem | undefined;
}

/** Every place where a value does not have the shape of its schema. */
export function findingsOf(node: Node, value: unknown, path: Path = []): Finding[] {
  if (node.anyOf) {
    const parts = node.anyOf.find(({ properties }) => properties);
    if (parts && isFields(value)) return findingsOf(parts, value, path);
    return wordsOf(node).some((word) => word === value) ? [] : [wrong(node, value, path)];
  }
  if (node.properties) {
    return isFields(value) ? inGroup(node.properties, value, path) : [wrong(node, value, path)];
  }
  const byName = Object.values(node.patternProperties ?? {})[0];
  if (byName) {
    if (!isFields(value)) return [wrong(node, value, path)];
    return Object.entries(value).flatMap(([key, item]) => findingsOf(byName, item, [...path, key]));
  }
  if (node.items) {
    const { items } = node;
    if (!Array.isArray(value)) return [wrong(node, value, path)];
    return [
      ...value.flatMap((item, at) => findingsOf(items, item, [...path, at])),
      ...repeatedItems(items, value, path),
    ];
  }
  return isRight(node, value) ? [] : [wrong(node, value, path)];
}

function repeatedItems(node: Node, list: readonly unknown[], path: Path): Finding[] {
  const texts = list.map((item) => JSON.stringify(item));
  return texts.flatMap((text, at) => {
    if (texts.indexOf(text) === at) return [];
    const argument = pathText([...path, at]);
    const problem = { argument, given: `${shown(list[at])} again`, allowed: "each once", fix: "remove it" };
    return [{ path: [...path, at], node, problem }];
  });
}

function inGroup(properties: Readonly<Record<string, Node>>, value: Fields, path: Path): Finding[] {
  const known = Object.keys(properties);
  const missing = known.filter((key) => value[key] === undefined);
  const strangers = Object.keys(value)
    .filter((key) => !Object.hasOwn(properties, key))
    // A missing key is more likely meant than one that is there.
    .map((key) => ({ key, meant: nearest(key, missing) ?? nearest(key, known) }));
  return [
    ...Object.entries(properties).flatMap(([key, node]): Finding[] => {
      const at = [...path, key];
      if (!missing.includes(key)) return findingsOf(node, value[key], at);
      const misspelt = strangers.some(({ meant }) => meant === key);
      return [misspelt ? { path: at, node, problem: undefined } : wrong(node, undefined, at)];
    }),
    ...strangers.map(({ key, meant }) => ({
      path: [...path, key],
      node: undefined,
      problem: {
        argument: pathText([...path, key]),
        given: "an unknown key",
        allowed: known.join(", "),
        fix: meant === undefined ? "remove it" : `did you mean ${pathText([...path, meant])}?`,
      },
    })),
  ];
}

function wrong(node: Node, value: unknown, path: Path): Finding {
  return {
    path,
    node,
    problem: {
      argument: pathText(path) || "spec",
      given: shown(value),
      allowed: allowed(node),
      fix: remedy(node, value),
    },
  };
}
