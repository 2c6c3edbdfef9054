import { expect, test } from "vitest";
import { isTransientDatabaseError } from "./index.ts";

const coded = (code: string): Error => Object.assign(new Error("x"), { code });

test.each([
  "ECONNREFUSED",
  "ENOTFOUND",
  "ETIMEDOUT",
  "57P01",
  "57P03",
  "08006",
  "53300",
  "40001",
  "40P01",
  "25006",
  "57014",
])("%s is transient", (code) => {
  expect(isTransientDatabaseError(coded(code))).toBe(true);
});

test.each(["23505", "23514", "42501", "42P01", "28P01", "22021", "ERR_ASSERTION", "08", "53"])(
  "%s is permanent",
  (code) => {
    expect(isTransientDatabaseError(coded(code))).toBe(false);
  },
);

test("a broken connection without a code is recognised by its text; any other error without a code is permanent", () => {
  const texts = [
    "Connection terminated unexpectedly",
    "timeout exceeded when trying to connect",
    "Query read timeout",
  ];
  expect(texts.map((text) => isTransientDatabaseError(new Error(text)))).toEqual([true, true, true]);
  expect([new Error("boom"), "text", undefined, null].map(isTransientDatabaseError)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test("a host with two addresses that both refuse is a transient error", () => {
  expect(isTransientDatabaseError(new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")]))).toBe(
    true,
  );
});
