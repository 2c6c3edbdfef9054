/** A table; a bar inside a cell would end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text as code; nothing for nothing. */
export function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

/** What stands where an environment has no such thing. */
export const absent = "·";

/** A whole generated page. */
export function page(title: string, introduction: readonly string[], sections: readonly string[]): string {
  return `${[`# ${title}`, generatedNote, ...introduction, ...sections].join("\n\n")}\n`;
}

export const generatedNote =
  "_Written by `npm run golden` from the plans of all environments; a test fails when it is not current._";
