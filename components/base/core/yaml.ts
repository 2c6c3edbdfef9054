import { isScalar, Scalar, stringify, YAMLSeq } from "yaml";

/**
 * YAML text of a value. Lines are never folded, because the services compare the text with what they have stored.
 *
 * Readers in Go, kubectl among them, follow YAML 1.1, where `on` is true and 017 is fifteen. Texts that one of the two versions
 * would read as something else are in quotes.
 */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, flowCollectionPadding: false, compat: "yaml-1.1" });
}

/** A text in double quotes, for texts with signs that mean something in YAML or PromQL. */
export function quoted(text: string): Scalar<string> {
  return styled(text, Scalar.QUOTE_DOUBLE);
}

/** A text over several lines, kept as it is. */
export function literal(text: string): Scalar<string> {
  return styled(text, Scalar.BLOCK_LITERAL);
}

/** A list on one line. */
export function oneLine(items: readonly (string | Scalar<string>)[]): YAMLSeq {
  const list = new YAMLSeq();
  list.flow = true;
  list.items = items.map((item) => (isScalar(item) ? item : new Scalar(item)));
  return list;
}

/** A text in single quotes. */
export function singleQuoted(text: string): Scalar<string> {
  return styled(text, Scalar.QUOTE_SINGLE);
}

function styled(text: string, type: Scalar.Type): Scalar<string> {
  const scalar = new Scalar(text);
  scalar.type = type;
  return scalar;
}
