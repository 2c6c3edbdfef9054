import { expect, test } from "vitest";
import { withoutUserInfo } from "./index.ts";

test.each([
  ["https://registry.acme.io/apis", "https://registry.acme.io/apis"],
  ["https://user:word@registry.acme.io", "https://***@registry.acme.io"],
  ['htps:// user:w/o r@d"@registry', "htps://***@registry"],
  ["//token@registry", "//***@registry"],
  ["on-call@acme.io", "on-call@acme.io"],
])("a message shows %j as %j", (given, shown) => {
  expect(withoutUserInfo(given)).toBe(shown);
});
