import { createHash } from "node:crypto";
import { Problem } from "../../problems/index.ts";

/** The last row of a page; the next page starts after it. */
export interface PagePosition {
  readonly createdAtMs: number;
  readonly id: string;
}

/** The position before every row that can exist; 8.64e15 ms is the largest Date. */
export const newest: PagePosition = {
  createdAtMs: 8_640_000_000_000_000,
  id: "ffffffff-ffff-ffff-ffff-ffffffffffff",
};

/** Raise it when the meaning of a position changes: older tokens are then refused and not misread. */
const tokenVersion = 1;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A token that continues after `position`, for this user and this filter only. */
export function writePageToken(
  position: PagePosition,
  userId: string,
  completed: boolean | undefined,
): string {
  const { createdAtMs, id } = position;
  const content = [tokenVersion, createdAtMs, id, checksum(position, userId, completed)];
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}

/** @throws Problem `invalid-page-token` when the token is damaged, or belongs to another user or filter. */
export function readPageToken(token: string, userId: string, completed: boolean | undefined): PagePosition {
  const position = decode(token);
  if (position === undefined || position.check !== checksum(position, userId, completed)) {
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
 * Detects mistakes, not forgery. It needs no secret: the access token alone decides whose tasks are listed, so a forged
 * position gives access to nothing.
 */
function checksum({ createdAtMs, id }: PagePosition, userId: string, completed: boolean | undefined): string {
  const text = JSON.stringify([tokenVersion, createdAtMs, id, userId, completed ?? null]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
