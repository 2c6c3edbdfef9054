import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { specs } from "../../stacks/index.ts";
import type { Plan } from "../plan/index.ts";
import { controlsDocument } from "./controls.ts";
import { environmentsSection } from "./environments.ts";
import { iamDocument } from "./iam.ts";
import { generatedNote } from "./markdown.ts";
import { protectionDocument } from "./protection.ts";
import { reachabilityDocument } from "./reachability.ts";

/** A generated document with the text that it must have. */
export interface GeneratedDocument {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly text: string;
}

const environmentsFile = "docs/environments.md";

/** Marks around the generated part of a file whose other part is written by hand. */
const marks = { begin: "<!-- generated -->", end: "<!-- /generated -->" } as const;

/**
 * The generated documents for the plans of all environments.
 *
 * @param root Folder of the repository, with the files whose other part is written by hand.
 * @throws Error when such a file or one of its marks is missing.
 */
export function generatedDocuments(plans: readonly Plan[], root: string): readonly GeneratedDocument[] {
  const ordered = plans.toSorted((a, b) => place(a) - place(b));
  return [
    { file: "docs/generated/protection-matrix.md", text: protectionDocument(ordered) },
    { file: "docs/generated/iam.md", text: iamDocument(ordered) },
    { file: "docs/generated/controls.md", text: controlsDocument(ordered) },
    { file: "docs/generated/reachability.md", text: reachabilityDocument(ordered) },
    {
      file: environmentsFile,
      text: withGenerated(
        join(root, environmentsFile),
        `${generatedNote}\n\n${environmentsSection(ordered)}`,
      ),
    },
  ];
}

/** The order of a release, as in `stacks/index.ts`. */
const order = Object.keys(specs);

function place({ stack }: Plan): number {
  const index = order.indexOf(stack);
  return index === -1 ? order.length : index;
}

/** Writes the documents that are not current. @returns the written files */
export function writeDocuments(plans: readonly Plan[], root: string): readonly string[] {
  const stale = generatedDocuments(plans, root).filter(({ file, text }) => {
    const path = join(root, file);
    return !existsSync(path) || readFileSync(path, "utf8") !== text;
  });
  for (const { file, text } of stale) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return stale.map(({ file }) => file);
}

/** Replaces the generated part of a file. */
function withGenerated(path: string, generated: string): string {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const [begin, end] = [text.indexOf(marks.begin), text.indexOf(marks.end)];
  if (begin === -1 || end < begin) {
    throw new Error(
      `${path}: the marks of the generated part are missing; write "${marks.begin}" and "${marks.end}" on lines of their own`,
    );
  }
  return `${text.slice(0, begin)}${marks.begin}\n\n${generated}\n\n${text.slice(end)}`;
}
