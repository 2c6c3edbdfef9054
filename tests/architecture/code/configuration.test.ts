import { expect, test } from "vitest";
import { inspect, mentioning, parse, sourcesIn } from "../repository.ts";
import { configurationReads } from "./configuration.ts";

const isReader = (file: string): boolean => /^infra\/environment(\/|\.ts$)/.test(file);

test("only infra/environment reads configuration and the name of the stack", () => {
  const others = sourcesIn("apps", "components", "infra", "policies", "stacks").filter(
    (file) => !isReader(file),
  );
  expect(inspect(mentioning("@pulumi/", others), configurationReads)).toEqual([]);
});

test("infra/environment does read configuration: the guard knows its calls", () => {
  const found = inspect(sourcesIn("infra").filter(isReader), configurationReads).join("\n");
  expect(found).toContain("getStack");
  expect(found).toContain("allConfig");
});

const pulumi = 'import * as pulumi from "@pulumi/pulumi";\n';

test.each([
  ["the class", `${pulumi}const config = new pulumi.Config();`],
  ["the class by its name", 'import { Config } from "@pulumi/pulumi";\nnew Config("aws");'],
  ["the class by another name", 'import { Config as C } from "@pulumi/pulumi";\nnew C();'],
  ["a subclass", `${pulumi}class Mine extends pulumi.Config {}`],
  ["a name in brackets", `${pulumi}new pulumi["Config"]();`],
  ["destructuring", `${pulumi}const { Config } = pulumi;`],
  ["a constant on the way", `${pulumi}const r = pulumi.runtime;\nr.allConfig();`],
  ["all values", `${pulumi}pulumi.runtime.allConfig();`],
  ["one value", `${pulumi}pulumi.runtime.getConfig("a:b");`],
  ["the name of the stack", `${pulumi}if (pulumi.getStack() === name) {}`],
  ["the stack by its name", 'import { getStack } from "@pulumi/pulumi";\ngetStack();'],
  ["a file of the module", 'import { allConfig } from "@pulumi/pulumi/runtime/config.js";\nallConfig();'],
  ["settings of a provider", 'import * as aws from "@pulumi/aws";\nconst region = aws.config.region;'],
  ["a re-export", 'export { Config } from "@pulumi/pulumi";'],
  ["a module that is loaded late", 'const c = new (await import("@pulumi/pulumi")).Config();'],
])("a reader of configuration is found: %s", (_, code) => {
  expect(configurationReads(parse(code))).not.toEqual([]);
});

test.each([
  ["a type", 'import type { Config } from "@pulumi/pulumi";\nlet config: Config;'],
  ["a class of ours of that name", 'import { Config } from "./config.ts";\nnew Config();'],
  ["other members", `${pulumi}pulumi.all([a]);\npulumi.runtime.registerStackTransformation(f);`],
  ["an input of that name", `${pulumi}f({ config: pulumi.output(1) });`],
])("it is no reader of configuration: %s", (_, code) => {
  expect(configurationReads(parse(code))).toEqual([]);
});
