import { expect, test } from "vitest";
import { show } from "./index.ts";

test.each([
  ["https://user:word@host/x", '"https://***@host/x"'],
  ["https:/user:word@host", '"https:/***@host"'],
  ["https:\\\\user:word@host", '"https:\\\\\\\\***@host"'],
  ["https://user:word%40host", '"https://***@host"'],
  [["postgres://user:word@host", "a"], '["postgres://***@host","a"]'],
  ["acme.io/task-api@sha256:a1", '"acme.io/task-api@sha256:a1"'],
])("a message shows no password of %j", (value, shown) => {
  expect(show(value)).toBe(shown);
});
