import { expect, test } from "vitest";
import { inspect, parse, sourceOf, sourcesIn, text } from "../repository.ts";
import { componentsOf, unregisteredComponents } from "./components.ts";

test("every component registers its outputs", () => {
  const found = inspect(sourcesIn("components", "infra"), unregisteredComponents);
  expect(found).toEqual([]);
});

test("every type token of ours belongs to a component that the guard sees", () => {
  const unseen = sourcesIn("components", "infra").filter(
    (file) => text(file).includes('"task-platform:') && componentsOf(sourceOf(file)).length === 0,
  );
  expect(unseen).toEqual([]);
});

test.each([
  ["by the module", "class A extends pulumi.ComponentResource { constructor() { super('t', 'n'); } }"],
  ["by its name", "class A extends ComponentResource { constructor() { super('t', 'n'); } }"],
  ["without a constructor", "class A extends pulumi.ComponentResource {}"],
  [
    "in a comment only",
    "class A extends ComponentResource { constructor() { /* this.registerOutputs() */ } }",
  ],
  ["in a method only", "class A extends ComponentResource { done() { this.registerOutputs(); } }"],
  [
    "in the class it extends only",
    `class A extends ComponentResource { constructor() { this.registerOutputs({}); } }
class B extends A { constructor() { super(); } }`,
  ],
])("a component that does not register its outputs is found: %s", (_, code) => {
  expect(unregisteredComponents(parse(code))).toHaveLength(1);
});

test("a component that registers its outputs is right, and another class need not", () => {
  const code = `class A extends pulumi.ComponentResource { constructor() { this.registerOutputs({ id: 1 }); } }
class B extends Array {}`;
  expect(unregisteredComponents(parse(code))).toEqual([]);
});
