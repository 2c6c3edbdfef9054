import { expect, test } from "vitest";
import { parse } from "yaml";
import { literal, oneLine, quoted, singleQuoted, yamlText } from "./index.ts";

test("the style of a text and of a list is as it was asked for, and long lines are not folded", () => {
  const long = `up == 1 and ${"x".repeat(200)}`;
  const value = {
    names: oneLine(["tasks"]),
    matchers: oneLine([singleQuoted("severity = page")]),
    expr: quoted('up{job="a"} > 0'),
    inner: literal("a: 1\nb: 2\n"),
    long,
  };
  const text = yamlText(value);
  expect(text).toBe(
    [
      "names: [tasks]",
      "matchers: ['severity = page']",
      'expr: "up{job=\\"a\\"} > 0"',
      "inner: |",
      "  a: 1",
      "  b: 2",
      `long: ${long}`,
      "",
    ].join("\n"),
  );
  expect(parse(text)).toEqual({
    names: ["tasks"],
    matchers: ["severity = page"],
    expr: 'up{job="a"} > 0',
    inner: "a: 1\nb: 2\n",
    long,
  });
});
