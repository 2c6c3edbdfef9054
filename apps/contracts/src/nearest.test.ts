import { expect, test } from "vitest";
import { nearest } from "./index.ts";

const keys = ["accountId", "alertEmails", "domain", "authIssuer"];

test.each([
  ["acountId", "accountId"],
  ["accountID", "accountId"],
  ["alertEmail", "alertEmails"],
  ["domian", "domain"],
  ["authIsuser", "authIssuer"],
])("%s is a misspelling of %s", (given, meant) => {
  expect(nearest(given, keys)).toBe(meant);
});

test("a word that is close to no other has no nearest word", () => {
  expect(nearest("replicas", keys)).toBeUndefined();
  expect(nearest("", keys)).toBeUndefined();
  expect(nearest("qa", ["dev", "dr", "prod"])).toBeUndefined();
});

test("of two close words the closer one is chosen", () => {
  expect(nearest("pord", ["prod", "pool"])).toBe("prod");
});

test("the caller can allow fewer edits and tell upper case from lower case", () => {
  expect(nearest("HTTP_PROXY", ["HTTP_PORT"])).toBe("HTTP_PORT");
  expect(nearest("HTTP_PROXY", ["HTTP_PORT"], { mostEdits: 2 })).toBeUndefined();
  expect(nearest("log_level", ["LOG_LEVEL"], { mostEdits: 2, matchCase: true })).toBeUndefined();
});
