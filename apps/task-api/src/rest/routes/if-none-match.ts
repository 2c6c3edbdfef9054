import { etagOf } from "../../tasks/index.ts";

/** Whether If-None-Match says that the caller already has this version. */
export function alreadySeen(ifNoneMatch: string | undefined, version: number): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === "*" || tag === etagOf(version));
}
