import { createHmac, timingSafeEqual } from "node:crypto";
import { Problem } from "../../problems/index.ts";
import type { PageTokenKey } from "./page-token-keys.ts";

/** The last row of a page; the next page starts after it. */
export interface PagePosition {
  readonly createdAtMs: number;
  readonly id: string;
}

/** The list that a token continues. */
export interface ListOf {
  readonly userId: string;
  readonly completed: boolean | undefined;
}

/** The position before every row that can exist; 8.64e15 ms is the largest Date. */
export const newest: PagePosition = {
  createdAtMs: 8_640_000_000_000_000,
  id: "ffffffff-ffff-ffff-ffff-ffffffffffff",
};

/** Raise it when the meaning of a position changes: older tokens are then refused and not misread. */
const tokenVersion = 2;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A token that continues after `position`, for this user and this filter only. */
export function writePageToken(position: PagePosition, list: ListOf, key: PageTokenKey): string {
  const { createdAtMs, id } = position;
  const content = [tokenVersion, key.id, createdAtMs, id, sign(position, list, key)];
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}

/**
 * @param keyOf the key with an id; undefined when there is none
 * @throws Problem `invalid-page-token` when the token is damaged or made up, or belongs to another user or filter.
 */
export async function readPageToken(
  token: string,
  list: ListOf,
  keyOf: (id: number) => Promise<PageTokenKey | undefined>,
): Promise<PagePosition> {
  const parts = decode(token);
  const key = parts && (await keyOf(parts.keyId));
  if (parts === undefined || key === undefined || !isSame(parts.signature, sign(parts, list, key))) {
    throw new Problem(
      "invalid-page-token",
      "the token is damaged, too old, or comes from a list with another filter; begin again without a token",
      { errors: [{ pointer: "page_token", detail: "must be the next_page_token of the same list" }] },
    );
  }
  return parts;
}

interface TokenParts extends PagePosition {
  readonly keyId: number;
  readonly signature: string;
}

function decode(token: string): TokenParts | undefined {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(content)) return undefined;
  const [version, keyId, createdAtMs, id, signature] = content as unknown[];
  if (version !== tokenVersion || typeof keyId !== "number" || typeof createdAtMs !== "number")
    return undefined;
  if (typeof id !== "string" || !uuid.test(id) || typeof signature !== "string") return undefined;
  // Their ranges need no check: a key id is only looked for among our keys, and a position is used only when we signed it.
  return { keyId, createdAtMs, id, signature };
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function sign({ createdAtMs, id }: PagePosition, { userId, completed }: ListOf, key: PageTokenKey): string {
  const text = JSON.stringify([tokenVersion, createdAtMs, id, userId, completed ?? null]);
  return createHmac("sha256", key.key).update(text).digest("base64url");
}
