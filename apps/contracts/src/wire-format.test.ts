import { expect, test } from "vitest";
import { frame, unframe } from "./index.ts";

test("a framed value is a zero byte, the id as four bytes and the body", () => {
  expect([...frame(258, Buffer.from([7, 8]))]).toEqual([0, 0, 0, 1, 2, 7, 8]);
});

test("a framed value splits into its schema id and body", () => {
  expect(unframe(frame(2_000_000_000, Buffer.from("body")))).toEqual({
    schemaId: 2_000_000_000,
    body: Buffer.from("body"),
  });
});

test.each([
  ["an empty value", Buffer.alloc(0), "value of 0 bytes is shorter than the 5-byte schema header"],
  ["a short value", Buffer.from([0, 0, 0]), "value of 3 bytes is shorter than the 5-byte schema header"],
  ["plain text", Buffer.from("hello"), "value starts with byte 104, not with the magic byte 0"],
])("%s is refused with a reason", (_, bytes, message) => {
  expect(() => unframe(bytes)).toThrow(message);
});
