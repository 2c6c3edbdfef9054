import { createHash } from "node:crypto";
import { Problem } from "../problems/index.ts";
import type { TaskFilter } from "./list-tasks.ts";

/** The last row of a page. */
export interface PagePosition {
  readonly createdAtMs: number;
  readonly id: string;
}

/** Raised when the meaning of a position changes: tokens of before are then refused instead of misread. */
const tokenVersion = 1;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const longestToken = 256;

/** A token that continues after `position`, for this user and filter only. */
export function writePageToken(position: PagePosition, userId: string, filter: TaskFilter): string {
  const { createdAtMs, id } = position;
  const content = [tokenVersion, createdAtMs, id, checkOf(position, userId, filter)];
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}

/** @throws Problem `invalid-page-token` when the token is damaged, or of another user or filter. */
export function readPageToken(token: string, userId: string, filter: TaskFilter): PagePosition {
  const position = token.length > longestToken ? undefined : decode(token);
  if (position === undefined || position.check !== checkOf(position, userId, filter)) {
    throw new Problem(
      "invalid-page-token",
      "the token is damaged, or comes from a list with another filter; begin again without a token",
      { errors: [{ pointer: "page_token", detail: "must be the next_page_token of the same list" }] },
    );
  }
  return position;
}

function decode(token: string): (PagePosition & { readonly check: string }) | undefined {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(content)) return undefined;
  const [version, createdAtMs, id, check] = content as unknown[];
  const fits =
    version === tokenVersion && Number.isSafeInteger(createdAtMs) && typeof id === "string" && uuid.test(id);
  if (!fits || typeof check !== "string") return undefined;
  return { createdAtMs: createdAtMs as number, id: id as string, check };
}

/**
 * Finds mistakes, not forgers: it needs no secret, because a position opens nothing. Whose tasks are listed is
 * decided by the access token alone.
 */
function checkOf({ createdAtMs, id }: PagePosition, userId: string, filter: TaskFilter): string {
  const text = JSON.stringify([tokenVersion, createdAtMs, id, userId, filter.completed ?? null]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
