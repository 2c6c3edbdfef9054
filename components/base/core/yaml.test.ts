import fc from "fast-check";
import { CORE_SCHEMA, load, YAML11_SCHEMA } from "js-yaml";
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

/** Texts that YAML 1.1, YAML 1.2 or both read as something else when they have no quotes. */
const treacherous = [
  ...["on", "Off", "YES", "no", "y", "N", "true", "null", "~", ""],
  ...["017", "0o17", "0x1f", "0b11", "08", "1_000", "12:30:45", "1:30", "1e3", "+1", ".inf", ".nan"],
  ...["2026-01-01", "2026-01-01T00:00:00Z", "<<", "- a", "a: b", "a #b", "*a", "&a", "!a", "%a", "@a", "`a"],
];

test("a text is the same text for readers of YAML 1.1 and of YAML 1.2, whatever it looks like", () => {
  const value = { values: treacherous, ...Object.fromEntries(treacherous.map((text) => [`${text} `, text])) };
  expect(load(yamlText(value), { schema: YAML11_SCHEMA })).toEqual(value);
  expect(load(yamlText(value), { schema: CORE_SCHEMA })).toEqual(value);
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
      (object) => {
        const plain = { ...object };
        expect(load(yamlText({ plain }), { schema: YAML11_SCHEMA })).toEqual({ plain });
      },
    ),
  );
});
