/** A table. A bar inside a cell is escaped, because it would end the cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text as code. Empty text stays empty. */
export function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

/** Content of a cell when the environment has no such resource. */
export const absent = "·";

/** A complete generated document. */
export function markdownDocument(
  title: string,
  introduction: readonly string[],
  sections: readonly string[],
): string {
  return `${[`# ${title}`, generatedNote, ...introduction, ...sections].join("\n\n")}\n`;
}

export const generatedNote =
  "_Written by `npm run golden` from the plans of all environments; a test fails when it is not current._";
