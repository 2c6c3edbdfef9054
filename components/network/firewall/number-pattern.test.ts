import fc from "fast-check";
import { expect, test } from "vitest";
import { atMostPattern } from "./number-pattern.ts";

test("the pattern accepts exactly the numbers up to the limit", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999_999 }),
      fc.integer({ min: 0, max: 199_999_999 }),
      (most, given) => {
        expect(new RegExp(atMostPattern(most)).test(String(given))).toBe(given <= most);
      },
    ),
  );
  for (const most of [1, 9, 10, 99, 100, 8192, 10_485_760]) {
    const pattern = new RegExp(atMostPattern(most));
    expect([most - 1, most, most + 1, most * 10].map((number) => pattern.test(String(number)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  }
});

test("the pattern accepts only digits and has at most 512 characters, the limit of WAF", () => {
  const pattern = atMostPattern(10_485_760);
  expect(["", "-1", "1e3", "10 ", "0x10"].filter((text) => new RegExp(pattern).test(text))).toEqual([]);
  expect(pattern.length).toBeLessThanOrEqual(512);
});
