import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { inventory, planProgram } from "../../tools/plan/index.ts";

class Group extends pulumi.ComponentResource {
  constructor(name: string, build: (parent: Group) => void, parent?: pulumi.Resource) {
    super("test:inventory:Group", name, {}, parent ? { parent } : {});
    build(this);
    this.registerOutputs();
  }
}

const topic = (name: string, opts: pulumi.CustomResourceOptions = {}) => new aws.sns.Topic(name, {}, opts);

/** The part of the inventory about one topic. */
async function partOf(name: string, program: () => void): Promise<string> {
  const text = inventory(await planProgram(program));
  return text.split(/\n(?! )/).find((part) => part.startsWith(`aws:sns/topic:Topic  ${name}  `)) ?? "";
}

test("The inventory shows what a resource waits for by dependsOn, and nothing that an input shows", async () => {
  const text = await partOf("last", () => {
    const [first, second, third] = [topic("first"), topic("second"), topic("third")];
    new aws.sns.Topic("last", { displayName: first.name }, { dependsOn: [first, third, second] });
  });
  expect(text).toBe(
    "aws:sns/topic:Topic  last  task-platform-dev\n  after aws:sns/topic:Topic  second, third",
  );
});

test("In the inventory the outermost component stands for all that is below it, and never for a part", async () => {
  const text = await partOf("last", () => {
    const parts: aws.sns.Topic[] = [];
    const whole = new Group("whole", (parent) => {
      topic("a", { parent });
      new Group(
        "inner",
        (inner) => ["b", "c"].forEach((name) => void topic(name, { parent: inner })),
        parent,
      );
    });
    new Group("part", (parent) => parts.push(topic("d", { parent }), topic("e", { parent })));
    topic("last", { dependsOn: [whole, ...parts.slice(0, 1)] });
  });
  expect(text).toBe(
    [
      "aws:sns/topic:Topic  last  task-platform-dev",
      "  after aws:sns/topic:Topic  d",
      "  after test:inventory:Group  whole",
    ].join("\n"),
  );
});
