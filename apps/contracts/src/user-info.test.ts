import { expect, test } from "vitest";
import { withoutUserInfo } from "./index.ts";

test.each([
  ["https://registry.acme.io/apis", "https://registry.acme.io/apis"],
  ["https://user:word@registry.acme.io", "https://***@registry.acme.io"],
  ['htps:// user:w/o r@d"@registry', "htps://***@registry"],
  ["//token@registry", "//***@registry"],
  ["on-call@acme.io", "on-call@acme.io"],
  ["acme@12/task-platform@34", "acme@12/task-platform@34"],
  ["https:/user:word@registry.acme.io", "https:/***@registry.acme.io"],
  ["https:\\\\user:word@registry.acme.io", "https:\\\\***@registry.acme.io"],
  ["https://user:word%40registry.acme.io", "https://***%40registry.acme.io"],
  ["user:word@registry.acme.io", "***@registry.acme.io"],
  ["https://registry.acme.io/?password=word", "https://registry.acme.io/?***"],
  ["https://user:w?rd@registry.acme.io/?a=b", "https://***@registry.acme.io/?***"],
  ["postgres://user:word@host/db\nnext", "postgres://***@host/db\nnext"],
  ["acme.io:443/task-api@sha256:a1b2", "acme.io:443/task-api@sha256:a1b2"],
])("a message shows %j as %j", (given, shown) => {
  expect(withoutUserInfo(given)).toBe(shown);
});
