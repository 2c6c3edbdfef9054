import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, expect, test } from "vitest";
import { digestText, planEnvironment, readStackFile, stackNames } from "../../tools/plan/index.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stack-file-"));
  write("Pulumi.yaml", {
    name: "shop",
    main: "infra/index.ts",
    config: {
      size: { type: "integer", default: 3 },
      color: { type: "string" },
      "aws:region": { value: "eu-west-1" },
    },
  });
  write("Pulumi.dev.yaml", {
    config: {
      "shop:color": "red",
      "shop:list": ["a", "b"],
      "shop:password": { secure: "v1:abc" },
      "shop:nested": { user: "me", key: { secure: "v1:def" } },
      "pulumi:disable-default-providers": ["*"],
    },
  });
});

afterEach(() => rmSync(root, { recursive: true }));

/** JSON is YAML. */
function write(file: string, content: unknown): void {
  writeFileSync(join(root, file), typeof content === "string" ? content : JSON.stringify(content));
}

test("A stack file gives the values that the CLI passes: text, or JSON for other types, with the defaults of the project", () => {
  const { project, main, config } = readStackFile(root, "dev");
  expect([project, main]).toEqual(["shop", "infra/index.ts"]);
  expect(config).toMatchObject({
    "shop:size": "3",
    "aws:region": "eu-west-1",
    "shop:color": "red",
    "shop:list": '["a","b"]',
    "pulumi:disable-default-providers": '["*"]',
  });
});

test("A value that is encrypted, even in part, has a placeholder, and its key is listed as secret", () => {
  const { config, secretKeys } = readStackFile(root, "dev");
  expect(secretKeys).toEqual(["shop:password", "shop:nested"]);
  expect(config["shop:password"]).toBe("planned-secret-of-shop:password");
});

test("An environment without a file is refused with the names that exist", () => {
  write("Pulumi.prod.yaml", { config: {} });
  expect(stackNames(root)).toEqual(["dev", "prod"]);
  expect(() => readStackFile(root, "prd")).toThrow('environment: got "prd"; allowed: dev, prod');
  expect(() => readStackFile(root, "")).toThrow("environment: got none; allowed: dev, prod");
});

test.each([
  ["config: [", /^Pulumi\.dev\.yaml is not YAML: /],
  ["just text", /^Pulumi\.dev\.yaml: got a text; allowed: a map with "config"$/],
  ["config: 3", /^Pulumi\.dev\.yaml, config: got a number; allowed: a map of keys to values$/],
])("A stack file with the content %j is refused, and the message names the file", (content, message) => {
  write("Pulumi.dev.yaml", content);
  expect(() => readStackFile(root, "dev")).toThrow(message);
});

test("A folder without a project file is refused", () => {
  rmSync(join(root, "Pulumi.yaml"));
  expect(() => readStackFile(root, "dev")).toThrow("Pulumi.yaml is missing");
});

test("The plan of an environment uses its stack file and the given values, and never prints an encrypted value", async () => {
  const program = () => {
    const config = new pulumi.Config("shop");
    const home = new aws.Provider("home", { region: new pulumi.Config("aws").require("region") });
    const tags = { color: config.require("color"), password: config.requireSecret("password") };
    new aws.sns.Topic("topic", { tags }, { provider: home });
  };
  const plan = await planEnvironment("dev", { root, program, config: { color: "blue" } });
  expect([plan.project, plan.stack, plan.mode]).toEqual(["shop", "dev", "resolved"]);
  const topic = plan.one("aws:sns/topic:Topic");
  expect(topic.inputs.tags).toEqual({ color: "blue", password: "planned-secret-of-shop:password" });
  expect(topic.outputs.arn).toContain(":eu-west-1:");
  expect(digestText(plan)).not.toContain("planned-secret");
});
