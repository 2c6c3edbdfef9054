/** Letters to change, add or remove to make one word of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const substitute = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(substitute, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** The word that was probably meant, or undefined when none is close: a third of the letters may be wrong, at least two. */
export function nearest(given: string, words: readonly string[]): string | undefined {
  const lower = given.toLowerCase();
  const close = words
    .map((word) => ({ word, away: distance(lower, word.toLowerCase()) }))
    .filter(({ word, away }) => away <= Math.max(2, Math.floor(word.length / 3)))
    .toSorted((a, b) => a.away - b.away);
  return close[0]?.word;
}
