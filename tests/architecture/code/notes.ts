/** Notes about work to do that name no issue. */
export function unnamedNotes(content: string): string[] {
  return content
    .split("\n")
    .filter((line) => /\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))/.test(line)) // a base64 digest has them inside of a word
    .map((line) => line.trim());
}

/** Paths that only one machine has. */
export function machinePaths(content: string): string[] {
  return [
    ...content.matchAll(/(?<![\w.@/-])(?:\/(?:home|Users|root|work|mnt)\/[\w.][\w./-]*|[A-Z]:\\Users\b)/g),
  ].map(([path]) => path);
}
