import { distance } from "fastest-levenshtein";

interface NearestOptions {
  /**
   * Edits (letters changed, added or removed) that still count as a misspelling.
   * @default a third of the letters of the word, at least two
   */
  readonly mostEdits?: number;
  /** @default false */
  readonly matchCase?: boolean;
}

/** The word that `given` is probably a misspelling of: the closest one. Undefined when none is close. */
export function nearest(
  given: string,
  words: readonly string[],
  { mostEdits, matchCase = false }: NearestOptions = {},
): string | undefined {
  const fold = (text: string): string => (matchCase ? text : text.toLowerCase());
  const close = words
    .map((word) => ({ word, edits: distance(fold(given), fold(word)) }))
    .filter(({ word, edits }) => edits <= (mostEdits ?? Math.max(2, Math.floor(word.length / 3))))
    // Every letter changed: a short word such as "qa" is no misspelling of "dr".
    .filter(({ word, edits }) => edits < Math.max(given.length, word.length))
    .toSorted((a, b) => a.edits - b.edits);
  return close[0]?.word;
}
