import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { planProgram } from "../../tools/plan/index.ts";

const topicType = "aws:sns/topic:Topic";

/** Appends a word to the display name, which then shows the order of the transforms. */
const append =
  (word: string): pulumi.ResourceTransform =>
  ({ type, props, opts }) =>
    type === topicType
      ? { props: { ...props, displayName: `${props.displayName} ${word}` }, opts }
      : undefined;

class Group extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions, transforms: pulumi.ResourceTransform[]) {
    super("test:transforms:Group", name, {}, opts);
    new aws.sns.Topic("topic", { displayName: "topic" }, { parent: this, transforms });
    this.registerOutputs();
  }
}

test("The transforms of the resource run first, then those of its ancestors, then those of the stack", async () => {
  const plan = await planProgram(() => {
    pulumi.runtime.registerResourceTransform(append("stack"));
    new Group("group", { transforms: [append("ancestor")] }, [append("own"), append("again")]);
  });
  expect(plan.one(topicType).inputs.displayName).toBe("topic own again ancestor stack");
});

test("A transform can change options, and the others stay as they were", async () => {
  const plan = await planProgram(() => {
    const first = new aws.sns.Topic("first");
    new aws.sns.Topic(
      "second",
      {},
      {
        dependsOn: [first],
        aliases: [{ name: "before" }],
        customTimeouts: { delete: "5m" },
        retainOnDelete: true,
        transforms: [
          ({ props, opts }) => ({
            props,
            opts: { ...opts, protect: true, ignoreChanges: ["tags"], customTimeouts: { create: "1h" } },
          }),
        ],
      },
    );
  });
  expect(plan.one(topicType, "second").options).toMatchObject({
    protect: true,
    retainOnDelete: true,
    ignoreChanges: ["tags"],
    customTimeouts: { create: "1h" },
    dependencies: [plan.one(topicType, "first").urn],
    aliases: [`urn:pulumi:dev::task-platform::${topicType}::before`],
  });
});

test("Secrets and unknowns stay secret and unknown after a transform", async () => {
  const program = () => {
    const first = new aws.sns.Topic("first");
    new aws.sns.Topic(
      "second",
      { displayName: pulumi.secret("hidden"), kmsMasterKeyId: first.id },
      { transforms: [({ props, opts }) => ({ props: { ...props, tracingConfig: "Active" }, opts })] },
    );
  };
  const { inputs, secretInputs, unknownInputs } = (await planProgram(program, { mode: "preview" })).one(
    topicType,
    "second",
  );
  expect(inputs).toMatchObject({ displayName: "hidden", tracingConfig: "Active" });
  expect([secretInputs, unknownInputs]).toEqual([["displayName"], ["kmsMasterKeyId"]]);
});

test("A transform that throws fails the plan, and the message names the resource", async () => {
  const plan = planProgram(() => {
    const boom = () => {
      throw new Error("not like this");
    };
    new aws.sns.Topic("topic", {}, { transforms: [boom] });
  });
  await expect(plan).rejects.toThrow(/aws:sns\/topic:Topic "topic": .*not like this/);
});
