import { type Fields, isFields, type Node, type Path, wordsOf } from "./node.ts";
import { type Finding, findingsOf } from "./shape.ts";

/** Most values that are tried in the place of a wrong one. */
const mostTries = 6;

/** Specs of every environment, as somebody wrote them. */
export type Written = Readonly<Record<string, unknown>>;

/**
 * The same specs with the right shape, several times: each time other values stand in the places of the wrong ones. So
 * further checks can run at once, and one that complains whatever stands there tells of a fault of its own. Specs
 * without a fault come back as they are, once.
 */
export function readings(schema: Node, specs: Written): Written[] {
  const faults = Object.entries(specs).flatMap(([name, spec]) =>
    findingsOf(schema, spec).map(({ path, node }) => ({
      name,
      path,
      tries: node === undefined ? undefined : triesFor(node, path, specs),
    })),
  );
  if (faults.length === 0) return [specs];
  const count = Math.max(...faults.map(({ tries }) => tries?.length ?? 1));
  return Array.from({ length: count }, (_, at) =>
    faults.reduce<Written>(
      (all, { name, path, tries }) => replaced(all, [name, ...path], tries?.[at % tries.length]) as Written,
      specs,
    ),
  );
}

/** Right values for one place: what other specs have there, then every word, then two examples that differ in every switch. */
function triesFor(node: Node, path: Path, specs: Written): readonly unknown[] {
  const others = Object.values(specs).map((spec) => valueAt(spec, path));
  const words = node.type === "boolean" ? [true, false] : wordsOf(node);
  const right = [...others, ...words, example(node, false), example(node, true)].filter(
    (value) => findingsOf(node, value).length === 0,
  );
  const distinct = new Map(right.map((value) => [JSON.stringify(value), value]));
  return [...distinct.values()].slice(0, mostTries);
}

/** A value of the right shape, with every switch on or off. */
function example(node: Node, on: boolean): unknown {
  if (node.properties) {
    return Object.fromEntries(Object.entries(node.properties).map(([key, part]) => [key, example(part, on)]));
  }
  const word = wordsOf(node).at(on ? -1 : 0);
  if (word !== undefined) return word;
  switch (node.type ?? "") {
    case "boolean":
      return on;
    case "array":
      return [];
    case "object":
      return {};
    case "string":
      return node.examples?.[0];
    default:
      return Math.max(node.minimum ?? 1, 1);
  }
}

function valueAt(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return value;
  return typeof value === "object" && value !== null
    ? valueAt((value as Fields)[String(step)], rest)
    : undefined;
}

/** A copy with another value in one place; without the key, if the value is undefined. */
function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, at) => (at === step ? replaced(item, rest, by) : item));
  const { [String(step)]: part, ...others } = isFields(value) ? value : {};
  const next = replaced(part, rest, by);
  return next === undefined ? others : { ...others, [String(step)]: next };
}

/** Whether a problem tells of a place that another value stands in. */
export function isAt(argument: string, findings: readonly Finding[], text: (path: Path) => string): boolean {
  return findings.some(({ path }) => {
    const place = text(path);
    return argument === place || argument.startsWith(`${place}.`) || argument.startsWith(`${place}[`);
  });
}
