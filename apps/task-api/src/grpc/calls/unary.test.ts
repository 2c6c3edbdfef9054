import { expect, test } from "vitest";
import { type CallSetup, type UnaryMethod, unary } from "./index.ts";

test("a method that declares no scope is refused when its handler is made, so the service does not start", () => {
  const method = { answer: () => Promise.resolve({ message: {} }) } as unknown as UnaryMethod<object, object>;
  expect(() => unary({} as CallSetup, method)).toThrow("scope: got none; allowed: tasks:read, tasks:write");
});
