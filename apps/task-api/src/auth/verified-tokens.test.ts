import { expect, test } from "vitest";
import type { Caller } from "./index.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

const caller = (userId: string, expiresAt: number): Caller => ({
  userId,
  scopes: new Set(["tasks:read"]),
  expiresAt: new Date(expiresAt),
});

test("a token is known until its time is over or it expires, whichever comes first", () => {
  const tokens = new VerifiedTokens<Caller>(10, 60_000);
  tokens.add("long", caller("a", 1_000_000), 0);
  tokens.add("short", caller("b", 30_000), 0);
  expect([tokens.get("long", 59_999)?.userId, tokens.get("short", 29_999)?.userId]).toEqual(["a", "b"]);
  expect([tokens.get("long", 60_000), tokens.get("short", 30_000)]).toEqual([undefined, undefined]);
  expect(tokens.get("other", 0)).toBeUndefined();
});

test("the oldest token makes room for a new one, so the memory is bounded", () => {
  const tokens = new VerifiedTokens<Caller>(2, 60_000);
  for (const name of ["a", "b", "c"]) tokens.add(name, caller(name, 1_000_000), 0);
  expect(["a", "b", "c"].map((name) => tokens.get(name, 1)?.userId)).toEqual([undefined, "b", "c"]);
});
