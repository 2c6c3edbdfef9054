/** The engine's text for a value that is not known during a preview. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value found at a path, with the indices that led to it. */
export interface Found {
  readonly path: string;
  readonly value: unknown;
}

export type Plain = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object; empty for anything else. */
export function record(value: unknown): Plain {
  return isRecord(value) ? value : {};
}

/** The value as a list: a single value is a list of one, nothing is an empty one. */
export function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The texts of a list; numbers and flags are written out. */
export function texts(value: unknown): readonly string[] {
  return list(value).flatMap((item) =>
    typeof item === "string" || typeof item === "number" || typeof item === "boolean" ? [String(item)] : [],
  );
}

/** The value as text; empty for anything that is not. */
export function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

/**
 * Every value at a path such as "rules[].action.type". A list that is empty or absent gives one undefined value at the
 * list itself, so that a rule sees that nothing is there.
 */
export function readAll(value: unknown, path: string): readonly Found[] {
  const [head, ...rest] = path.split(".");
  return head === undefined ? [] : readStep(value, "", head, rest);
}

/** The one value at a path without lists. */
export function read(value: unknown, path: string): unknown {
  return readAll(value, path)[0]?.value;
}

function readStep(value: unknown, before: string, step: string, rest: readonly string[]): readonly Found[] {
  const repeated = step.endsWith("[]");
  const key = repeated ? step.slice(0, -2) : step;
  const path = before === "" ? key : `${before}.${key}`;
  const inner = isRecord(value) ? value[key] : undefined;
  const [next, ...after] = rest;
  if (!repeated) return next === undefined ? [{ path, value: inner }] : readStep(inner, path, next, after);
  const items = list(inner);
  if (items.length === 0) return [{ path, value: undefined }];
  return items.flatMap((item, index) => {
    const at = `${path}[${index}]`;
    return next === undefined ? [{ path: at, value: item }] : readStep(item, at, next, after);
  });
}

/** An object with one value at a path; lists have one item. */
export function writeAt(path: string, value: unknown): Plain {
  return path.split(".").reduceRight<unknown>((inner, step) => {
    const repeated = step.endsWith("[]");
    return { [repeated ? step.slice(0, -2) : step]: repeated ? [inner] : inner };
  }, value) as Plain;
}

/** Merges two objects. Where both have an object, or a list of one object, those are merged too. */
export function join(base: Plain, more: Plain): Plain {
  const joined: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(more)) joined[key] = joinValues(joined[key], value);
  return joined;
}

function joinValues(base: unknown, more: unknown): unknown {
  if (isRecord(base) && isRecord(more)) return join(base, more);
  if (Array.isArray(base) && Array.isArray(more) && base.length === 1 && more.length === 1) {
    return [joinValues(base[0], more[0])];
  }
  return more;
}

/** Longest value a message shows: a policy document would hide the rest of the line. */
const longestShown = 80;

/** A value as a message shows it. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  // An address may hold a password.
  const shown = (JSON.stringify(value) ?? typeof value).replace(/(:[\\/]+|\/\/)[^"]*(?:@|%40)/g, "$1***@");
  return shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown;
}

/** A message: what a property is and what it may be. */
export function mismatch(path: string, value: unknown, allowed: string): string {
  return `${path}: got ${show(value)}; allowed: ${allowed}`;
}

/** Every text anywhere inside a value. */
export function textsInside(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsInside);
  return isRecord(value) ? Object.values(value).flatMap(textsInside) : [];
}

/** A value that may be JSON in a text, as providers get their settings; undefined when it is neither. */
export function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** Nothing when a requirement holds, else what was found. */
export function unless<T>(holds: boolean, found: T): readonly T[] {
  return holds ? [] : [found];
}

/** `blockPublicAcls` → `block-public-acls`; a run of capitals is one word. */
export function kebabCase(name: string): string {
  return name.replace(/([A-Z]+)/g, "-$1").toLowerCase();
}

/** Whether a name fits a pattern in which `*` stands for any text. */
export function globMatches(pattern: string, name: string): boolean {
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`).test(name);
}
