import { SchemaRegistryError } from "@task-platform/runtime/schema-registry";
import { expect, test } from "vitest";
import { UnreadableEventError } from "./decode-event.ts";
import { blameOf, reasonOf } from "./failures.ts";

const withCode = (code: string, fields: object = {}): Error =>
  Object.assign(new Error("refused"), { code, ...fields });

test.each([
  ["bytes that are not an event", new UnreadableEventError("short"), "message", "unreadable"],
  ["a value the database cannot hold", withCode("22021"), "message", "sqlstate-22021"],
  ["a violated constraint", withCode("23514", { constraint: "positive" }), "message", "sqlstate-23514"],
  ["a missing partition", withCode("23514"), "dependency", "sqlstate-23514"],
  ["a refused connection", withCode("ECONNREFUSED"), "dependency", "failed"],
  ["a server that shuts down", withCode("57P01"), "dependency", "sqlstate-57P01"],
  ["a deadlock", withCode("40P01"), "dependency", "sqlstate-40P01"],
  ["a missing table", withCode("42P01"), "dependency", "sqlstate-42P01"],
  ["a missing permission", withCode("42501"), "dependency", "sqlstate-42501"],
  [
    "a schema registry that is down",
    new SchemaRegistryError("away", { retryable: true }),
    "dependency",
    "failed",
  ],
  [
    "a schema registry that refuses",
    new SchemaRegistryError("no", { status: 422, retryable: false }),
    "unknown",
    "failed",
  ],
  ["a defect of this code", new TypeError("undefined is not a function"), "unknown", "failed"],
  ["a thrown value that is not an error", "oops", "unknown", "failed"],
])("%s has the expected cause and reason", (_what, error, blame, reason) => {
  expect(blameOf(error)).toBe(blame);
  expect(reasonOf(error)).toBe(reason);
});
