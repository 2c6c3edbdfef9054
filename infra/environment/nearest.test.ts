import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const keys = ["accountId", "alertEmails", "domain", "authIssuer"];

test.each([
  ["acountId", "accountId"],
  ["accountID", "accountId"],
  ["alertEmail", "alertEmails"],
  ["domian", "domain"],
  ["authIsuser", "authIssuer"],
])("%s is taken for %s", (given, meant) => {
  expect(nearest(given, keys)).toBe(meant);
});

test("a word that is close to none is taken for none", () => {
  expect(nearest("replicas", keys)).toBeUndefined();
  expect(nearest("", keys)).toBeUndefined();
});

test("the closest of two close words is taken", () => {
  expect(nearest("pord", ["prod", "pool"])).toBe("prod");
});
