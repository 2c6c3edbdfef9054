import { expect, test } from "vitest";
import { environments, planOf } from "./plan-of.ts";

/** Kubernetes, "Labels and Selectors": syntax and character set. */
const value = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const key = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** Every map of labels in an object, with its place. */
function labelsIn(
  part: unknown,
  place: string,
): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) => [
    ...(["labels", "matchLabels", "nodeSelector"].includes(name) &&
    typeof inner === "object" &&
    inner !== null
      ? [[`${place}.${name}`, inner as Readonly<Record<string, unknown>>] as const]
      : []),
    ...labelsIn(inner, `${place}.${name}`),
  ]);
}

test.each(environments)("in %s the API server takes every label", async (name) => {
  const plan = await planOf(name);
  const objects = plan.resources.filter(
    ({ type }) => type.startsWith("kubernetes:") && !type.includes("helm"),
  );
  const labels = objects.flatMap(({ name: object, inputs }) => labelsIn(inputs, object));
  expect(labels.length).toBeGreaterThan(20);
  const wrong = labels.flatMap(([place, map]) =>
    Object.entries(map)
      .filter(([label, text]) => !key.test(label) || typeof text !== "string" || !value.test(text))
      .map(([label, text]) => `${place}: ${label}=${String(text)}`),
  );
  expect(wrong).toEqual([]);
});
