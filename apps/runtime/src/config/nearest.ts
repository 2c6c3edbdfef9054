/** Two slips of the finger; three already join HTTP_PORT and HTTP_PROXY. */
const mostEdits = 2;

/** The candidate that `word` is a misspelling of, if there is one. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  return candidates
    .map((candidate) => ({ candidate, edits: editDistance(word, candidate) }))
    .filter(({ edits }) => edits <= mostEdits)
    .toSorted((a, b) => a.edits - b.edits)[0]?.candidate;
}

/** Levenshtein distance, cut short where lengths alone decide. */
function editDistance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > mostEdits) return mostEdits + 1;
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
