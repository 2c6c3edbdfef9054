import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plan } from "../plan/index.ts";
import { controlsPage } from "./controls.ts";
import { environmentsSection } from "./environments.ts";
import { iamPage } from "./iam.ts";
import { generatedNote } from "./markdown.ts";
import { protectionPage } from "./protection.ts";

/** A page of the documentation, as it must be. */
export interface Document {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly text: string;
}

const environmentsFile = "docs/environments.md";

/** Around the generated part of a page that is written by hand otherwise. */
const marks = { begin: "<!-- generated -->", end: "<!-- /generated -->" } as const;

/**
 * The generated pages for the plans of all environments.
 *
 * @param root Where the pages are whose other half is written by hand.
 * @throws Error when such a page or one of its marks is missing.
 */
export function documents(plans: readonly Plan[], root: string): readonly Document[] {
  const ordered = plans.toSorted((a, b) => place(a) - place(b));
  return [
    { file: "docs/generated/protection-matrix.md", text: protectionPage(ordered) },
    { file: "docs/generated/iam.md", text: iamPage(ordered) },
    { file: "docs/generated/controls.md", text: controlsPage(ordered) },
    {
      file: environmentsFile,
      text: withGenerated(
        join(root, environmentsFile),
        `${generatedNote}\n\n${environmentsSection(ordered)}`,
      ),
    },
  ];
}

/** The way of a release; an environment that is new here comes last. */
const order = ["dev", "staging", "prod", "dr"];

function place({ stack }: Plan): number {
  const index = order.indexOf(stack);
  return index === -1 ? order.length : index;
}

/** Writes what is not current. @returns the files it wrote */
export function writeDocuments(plans: readonly Plan[], root: string): readonly string[] {
  const stale = documents(plans, root).filter(({ file, text }) => {
    const path = join(root, file);
    return !existsSync(path) || readFileSync(path, "utf8") !== text;
  });
  for (const { file, text } of stale) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return stale.map(({ file }) => file);
}

/** The page with another generated part. */
function withGenerated(path: string, generated: string): string {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const [begin, end] = [text.indexOf(marks.begin), text.indexOf(marks.end)];
  if (begin === -1 || end < begin) {
    throw new Error(
      `${path}: the marks of the generated part are missing; put "${marks.begin}" and "${marks.end}" on lines of their own`,
    );
  }
  return `${text.slice(0, begin)}${marks.begin}\n\n${generated}\n\n${text.slice(end)}`;
}
