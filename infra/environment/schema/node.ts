/**
 * The parts of a JSON schema that environment specs use. `components/base/core/settings.ts` makes them with typebox; a test
 * compares the answers given here with those of typebox.
 */
export interface Node {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string;
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly examples?: readonly string[];
}

/** Keys and positions from the top of a spec. */
export type Path = readonly (string | number)[];

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The path as people write it: `network.zones[0].id`. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}

/** Words that a value may be, where it is one of several. */
export function wordsOf({ enum: words, const: word, anyOf = [] }: Node): readonly (string | number)[] {
  return [...(words ?? []), ...(word === undefined ? [] : [word]), ...anyOf.flatMap(wordsOf)];
}

/** Whether a value without parts is right. */
export function isRight(node: Node, value: unknown): boolean {
  if (node.enum) return (node.enum as readonly unknown[]).includes(value);
  switch (node.type ?? "") {
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return Number.isFinite(value) && inRange(node, value as number);
    case "integer":
      return Number.isInteger(value) && inRange(node, value as number);
    case "string":
      return typeof value === "string" && new RegExp(node.pattern ?? "", "u").test(value);
    default:
      return false;
  }
}

function inRange(node: Node, value: number): boolean {
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity } = node;
  return value >= minimum && value > exclusiveMinimum && value <= maximum;
}
