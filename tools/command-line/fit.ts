/**
 * The text for a terminal of so many columns: a longer line is broken at a blank, and goes on below the column where its last
 * cell begins. Without a terminal, as in a pipe, `columns` is undefined and every line stays whole for the next program.
 */
export function fitTerminal(text: string, columns: number | undefined): string {
  if (columns === undefined) return text;
  return text
    .split("\n")
    .flatMap((line) => breakLine(line, columns))
    .join("\n");
}

function breakLine(line: string, columns: number): readonly string[] {
  const indent = " ".repeat(cellColumn(line, columns));
  const lines: string[] = [];
  let rest = line;
  while (rest.length > columns) {
    const at = rest.lastIndexOf(" ", columns);
    // A word that is longer than a line stays whole, so that it can be copied.
    if (at <= indent.length) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = indent + rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

/** Where the last cell of a line begins: after the last two blanks or more in its first half. */
function cellColumn(line: string, columns: number): number {
  const cells = [...line.slice(0, Math.floor(columns / 2)).matchAll(/ {2,}(?=\S)/g)];
  const last = cells.at(-1);
  return last === undefined ? 2 : last.index + last[0].length;
}
