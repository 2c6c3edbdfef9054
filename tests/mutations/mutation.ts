import ts from "typescript";

/** One piece of code made worse, and the test that must notice. */
export interface Mutation {
  /** What is broken, in the words of a reviewer. */
  readonly what: string;
  /** Path from the root of the repository. */
  readonly file: string;
  /**
   * Names of the declarations and properties around the code, from the outside in: `"workloads > relay"`. Needed only where
   * the code stands more than once in the file.
   */
  readonly in?: string;
  /**
   * Code that is there exactly once, or a part of one string, template or regular expression. Spaces, line breaks, comments
   * and the kind of quotes do not matter.
   */
  readonly find: string;
  /** Code that takes its place. */
  readonly replace: string;
  readonly caughtBy: Catcher;
}

/** A test by its file and its full name, as the runner prints it. */
export interface Catcher {
  readonly file: string;
  readonly test: string;
}

/** A range of a file. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A token of the syntax tree. Comments and white space are none. */
interface Token extends Span {
  readonly text: string;
}

/**
 * The text of a file with one mutation in it. The code is found by its tokens, so formatting, comments and its place in the
 * file may change without a change of the mutation.
 *
 * @throws Error when the code is not there exactly once, or when nothing would change: then the code has changed, and the
 *   mutation must follow.
 */
export function mutate(text: string, mutation: Mutation): string {
  const { file, find, replace } = mutation;
  const scopes = scopesOf(text, mutation);
  const [scope] = scopes;
  const found = scope && scopes.length === 1 ? spansOf(text, find, scope) : [];
  const problems = [
    ...(scopes.length === 1 ? [] : [`"${mutation.in}" is there ${scopes.length} times; allowed: once`]),
    ...(scopes.length !== 1 || found.length === 1
      ? []
      : [`"${find}" is there ${found.length} times; allowed: once`]),
    ...(find === replace ? [`"${find}" is replaced by itself`] : []),
  ];
  const [span] = found;
  if (problems.length > 0 || span === undefined) {
    throw new Error(`${file}: ${problems.join(", ")}; write the mutation as the code is now`);
  }
  return text.slice(0, span.start) + replace + text.slice(span.end);
}

function spansOf(text: string, find: string, scope: Span): readonly Span[] {
  const tokens = tokensOf(text).filter(({ start, end }) => start >= scope.start && end <= scope.end);
  const code = codeMatches(tokens, find);
  return code.length > 0 ? code : textMatches(tokens, text, find);
}

/** Ranges that the path of names leads to; the whole file without one. */
function scopesOf(text: string, { in: path }: Mutation): readonly Span[] {
  const source = parse(text);
  const names = path?.split(" > ") ?? [];
  return names
    .reduce<readonly ts.Node[]>((nodes, name) => nodes.flatMap((node) => declared(node, name)), [source])
    .map((node) => ({ start: node.getStart(source), end: node.end }));
}

/** Declarations and properties of a name inside a node, the outermost ones only. */
function declared(node: ts.Node, name: string): readonly ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    const own = (child as { readonly name?: ts.Node }).name;
    const matching = own !== undefined && own.getText().replaceAll(/^["']|["']$/g, "") === name;
    found.push(...(matching ? [child] : declared(child, name)));
  });
  return found;
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile("mutation.ts", text, ts.ScriptTarget.Latest, true);
}

/** Leaves of the syntax tree. The parser also accepts fragments, such as the end of an expression. */
function tokensOf(text: string): readonly Token[] {
  const source = parse(text);
  const tokens: Token[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    for (const child of children) visit(child);
    if (children.length > 0) return;
    const start = node.getStart(source);
    if (node.end > start) tokens.push({ text: unquoted(text.slice(start, node.end)), start, end: node.end });
  };
  visit(source);
  return tokens;
}

/** A string in one form, whatever its quotes are. */
function unquoted(token: string): string {
  return /^(?:'[^'"\\]*'|"[^'"\\]*")$/.test(token) ? `"${token.slice(1, -1)}"` : token;
}

/** Runs of tokens that are the wanted code. */
function codeMatches(tokens: readonly Token[], find: string): readonly Span[] {
  const wanted = tokensOf(find);
  return tokens.flatMap((first, at) => {
    const run = tokens.slice(at, at + wanted.length);
    const last = run.at(-1);
    return last !== undefined && sameTokens(run, wanted) ? [{ start: first.start, end: last.end }] : [];
  });
}

/** Places inside strings, templates and regular expressions. */
function textMatches(tokens: readonly Token[], text: string, find: string): readonly Span[] {
  return tokens
    .filter(({ start }) => /["'`}/]/.test(text.charAt(start)))
    .flatMap(({ start, end }) => {
      const pieces = text.slice(start, end).split(find);
      return pieces.slice(1).map((_, at) => {
        const from = start + pieces.slice(0, at + 1).join(find).length;
        return { start: from, end: from + find.length };
      });
    });
}

function sameTokens(some: readonly Token[], others: readonly Token[]): boolean {
  return some.length === others.length && some.every(({ text }, at) => text === others[at]?.text);
}
