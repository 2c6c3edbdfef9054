import { Problem } from "../problems/index.ts";
import type { Task } from "./task.ts";

/** A strong ETag: two answers with the same version have the same bytes. */
export const etagOf = (version: number): string => `"${version}"`;

/** Nine digits fit the column, and no task changes a billion times. */
const versionPattern = /^"([1-9][0-9]{0,8})"$/;

/**
 * The version that the caller has read, from If-Match. `*` is refused: it matches every version, so it would allow the
 * caller to overwrite a version that it has not read.
 *
 * @throws Problem `if-match-required`, `invalid-if-match`, or `version-conflict` for a weak tag, which never matches.
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

/** @throws Problem `task-not-found`. It does not say whether another user has a task with this id. */
export function checkFound(task: Task | undefined): Task {
  if (task === undefined) throw new Problem("task-not-found", "no task of yours has this id");
  return task;
}

/** @throws Problem unless the task exists and has the version that the caller has read. */
export function checkVersion(found: Task | undefined, version: number): Task {
  const task = checkFound(found);
  if (task.version !== version) {
    throw new Problem(
      "version-conflict",
      `the task is at version ${task.version}, the request is for ${version}`,
      { headers: { etag: etagOf(task.version) } },
    );
  }
  return task;
}
