import { expect, test } from "vitest";
import { contains, formatRange, overlaps, parseRange, type Range } from "./cidr.ts";

function range(cidr: string): Range {
  const parsed = parseRange(cidr);
  if (parsed === undefined) throw new Error(`"${cidr}" is no range`);
  return parsed;
}

test("a range is read only when it is written from its first address", () => {
  expect(parseRange("10.0.0.0/8")).toEqual({ first: 167_772_160, last: 184_549_375, prefix: 8 });
  expect(parseRange("0.0.0.0/0")).toEqual({ first: 0, last: 2 ** 32 - 1, prefix: 0 });
  for (const text of ["10.0.0.1/8", "10.0.0.0/33", "256.0.0.0/8", "10.0.0.0", "", "10.0.0.0/8 "]) {
    expect(parseRange(text)).toBeUndefined();
  }
});

test("ranges overlap when they share an address, and contain each other when they share all", () => {
  expect(overlaps(range("10.0.0.0/24"), range("10.0.1.0/24"))).toBe(false);
  expect(overlaps(range("10.0.0.0/16"), range("10.0.255.255/32"))).toBe(true);
  expect(contains(range("10.0.0.0/16"), range("10.0.7.0/24"))).toBe(true);
  expect(contains(range("10.0.7.0/24"), range("10.0.0.0/16"))).toBe(false);
});

test("a range is written as it is read", () => {
  for (const text of ["10.30.0.0/16", "0.0.0.0/0", "255.255.255.255/32", "172.20.128.0/17"]) {
    expect(formatRange(range(text))).toBe(text);
  }
});

test.each([
  "10.090.4.0/24",
  "10.90.4.0/024",
  "10.90.4.1/24",
  "10.90.4.0",
  "256.0.0.0/8",
  "10.0.0.0/33",
  " 10.0.0.0/8",
])("%j is no range", (text) => {
  expect(parseRange(text)).toBe(undefined);
});
