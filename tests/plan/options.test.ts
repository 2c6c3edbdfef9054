import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { type Plan, planDigest, planProgram } from "../../tools/plan/index.ts";

class Group extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions, build: (parent: Group) => void) {
    super("test:options:Group", name, {}, opts);
    build(this);
    this.registerOutputs();
  }
}

const topic = (name: string, opts: pulumi.CustomResourceOptions = {}) => new aws.sns.Topic(name, {}, opts);
const topicType = "aws:sns/topic:Topic";
const urn = (name: string) => `urn:pulumi:dev::task-platform::${topicType}::${name}`;

test("The plan has every option that a program sets", async () => {
  const plan = await planProgram(() => {
    const first = topic("first");
    topic("second", {
      protect: true,
      retainOnDelete: true,
      deleteBeforeReplace: true,
      dependsOn: [first],
      deletedWith: first,
      ignoreChanges: ["displayName"],
      replaceOnChanges: ["name"],
      additionalSecretOutputs: ["arn"],
      aliases: [{ name: "before" }, { parent: pulumi.rootStackResource, type: "aws:sns/old:Old" }],
      customTimeouts: { create: "1h30m", delete: "45s" },
    });
  });
  expect(plan.one(topicType, "second").options).toMatchObject({
    protect: true,
    retainOnDelete: true,
    deleteBeforeReplace: true,
    dependencies: [urn("first")],
    deletedWith: urn("first"),
    ignoreChanges: ["displayName"],
    replaceOnChanges: ["name"],
    additionalSecretOutputs: ["arn"],
    aliases: [urn("before"), "urn:pulumi:dev::task-platform::aws:sns/old:Old::second"],
    customTimeouts: { create: "1h30m", delete: "45s" },
  });
});

test("Timeouts in the digest are seconds, as in the engine", async () => {
  const plan = await planProgram(
    () => void topic("slow", { customTimeouts: { create: "1h30m", delete: "45s" } }),
  );
  const [step] = (planDigest(plan) as { steps: { urn: string; newState: object }[] }).steps.filter(
    (candidate) => candidate.urn === urn("slow"),
  );
  expect(step?.newState).toMatchObject({ customTimeouts: { create: 5400, delete: 45 } });
});

test("The plan has the dependencies of each input", async () => {
  const plan = await planProgram(() => {
    const first = topic("first");
    new aws.sns.TopicPolicy("policy", { arn: first.arn, policy: "{}" });
  });
  const { options } = plan.one("aws:sns/topicPolicy:TopicPolicy");
  expect(options.propertyDependencies).toEqual({ arn: [urn("first")] });
  expect(options.dependencies).toEqual([urn("first")]);
});

const flags = (plan: Plan) =>
  Object.fromEntries(
    plan.all(topicType).map(({ name, options }) => [name, [options.protect, options.retainOnDelete]]),
  );

test("Children inherit options that they do not set, and keep those that they set", async () => {
  const plan = await planProgram(() => {
    new Group("kept", { protect: true, retainOnDelete: true }, (parent) => {
      topic("open", { parent });
      topic("own", { parent, protect: false, retainOnDelete: false });
    });
    topic("outside");
  });
  expect(flags(plan)).toEqual({ open: [true, true], own: [false, false], outside: [false, false] });
});

test("Children inherit options that a transform gave to their component", async () => {
  const protect: pulumi.ResourceTransform = ({ custom, props, opts }) =>
    custom ? undefined : { props, opts: { ...opts, protect: true } };
  const plan = await planProgram(() => {
    new Group("kept", { transforms: [protect] }, (parent) => void topic("open", { parent }));
  });
  expect(flags(plan)).toEqual({ open: [true, false] });
});

test("An alias without parent has no component in its URN", async () => {
  const plan = await planProgram(() => {
    new Group("group", {}, (parent) => {
      topic("moved", { parent, aliases: [{ parent: pulumi.rootStackResource }, { name: "before" }] });
    });
  });
  expect(plan.one(topicType).options.aliases).toEqual([
    urn("moved"),
    `urn:pulumi:dev::task-platform::test:options:Group$${topicType}::before`,
  ]);
});

test("A child inherits deletedWith from its component", async () => {
  const plan = await planProgram(() => {
    const first = topic("first");
    new Group("group", { deletedWith: first }, (parent) => topic("child", { parent }));
  });
  expect(plan.one(topicType, "child").options.deletedWith).toBe(urn("first"));
});

test("Children of a package inherit its provider", async () => {
  const plan = await planProgram(() => {
    const provider = new aws.Provider("home", { region: "eu-west-1" });
    new Group("group", { providers: [provider] }, (parent) => topic("child", { parent }));
  });
  const [home] = plan.all("pulumi:providers:aws");
  expect(plan.one(topicType).options.provider).toBe(`${home?.urn}::${home?.id}`);
});

test("Without a provider a resource has the default provider of the package version, which is not in the plan", async () => {
  const plan = await planProgram(() => void topic("plain"), { config: { "aws:region": "eu-north-1" } });
  expect(plan.one(topicType).options.provider).toMatch(
    /^urn:pulumi:dev::task-platform::pulumi:providers:aws::default_7_\d+_\d+::planned$/,
  );
  expect(plan.all("pulumi:providers:aws")).toEqual([]);
  expect(plan.one(topicType).outputs.arn).toContain(":eu-north-1:123456789012:");
});
