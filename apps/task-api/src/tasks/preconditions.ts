import { Problem } from "../problems/index.ts";

/** Strong: equal versions are equal bytes. */
export const etagOf = (version: number): string => `"${version}"`;

/** Nine digits fit the column; a task does not change a billion times. */
const versionPattern = /^"([1-9][0-9]{0,8})"$/;

/**
 * The version that the caller has seen. `*` is refused, because it means "whatever there is", and a write over what
 * was never read is what the precondition exists to prevent.
 *
 * @throws Problem `if-match-required`, `invalid-if-match`, `version-conflict` for a weak tag, which never matches.
 */
export function seenVersion(ifMatch: string | undefined): number {
  if (ifMatch === undefined) {
    throw new Problem("if-match-required", "send If-Match with the ETag of the version that was read");
  }
  if (ifMatch.startsWith("W/")) throw new Problem("version-conflict", "a weak ETag never matches");
  const version = versionPattern.exec(ifMatch)?.[1];
  if (version === undefined) {
    throw new Problem("invalid-if-match", "If-Match must hold one ETag of this task", {
      errors: [{ pointer: "if-match", detail: 'must be a version in quotes, such as "3"' }],
    });
  }
  return Number(version);
}

/** Whether the caller already has this version. */
export function alreadySeen(ifNoneMatch: string | undefined, version: number): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === "*" || tag === etagOf(version));
}
