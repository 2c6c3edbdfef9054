import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { expect, test } from "vitest";
import {
  digestText,
  inventory,
  type Plan,
  type PlanMode,
  planProgram,
  summary,
} from "../../tools/plan/index.ts";

/** A small program with a component, a secret, an output of an output, and a policy document made in an apply. */
function program(): Record<string, unknown> {
  const home = new aws.Provider("home", { region: "eu-west-1", allowedAccountIds: ["222222222222"] });
  const password = new random.RandomPassword("password", { length: 20 });
  const net = new Net("net", { provider: home });
  const topic = new aws.sns.Topic("alerts", {}, { provider: home });
  const policy = topic.arn.apply((arn) => JSON.stringify({ Resource: arn }));
  new aws.sns.TopicPolicy("alerts", { arn: topic.arn, policy }, { provider: home });
  new aws.ssm.Parameter(
    "password",
    {
      type: "SecureString",
      value: password.result,
      description: new pulumi.Config("app").requireSecret("note"),
    },
    { provider: home, protect: true },
  );
  return { vpcId: net.vpcId, password: password.result, plain: "yes" };
}

class Net extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;

  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:plan:Net", name, {}, opts);
    const vpc = new aws.ec2.Vpc(name, { cidrBlock: "10.0.0.0/16" }, { parent: this });
    new aws.ec2.Subnet(`${name}-a`, { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, { parent: this });
    this.vpcId = vpc.id;
    this.registerOutputs({ vpcId: vpc.id });
  }
}

function plan(mode: PlanMode = "resolved"): Promise<Plan> {
  const config = { "app:note": "do not tell", "app:size": "3" };
  return planProgram(program, { mode, config, secretKeys: ["app:note"] });
}

const parameterType = "aws:ssm/parameter:Parameter";

test.each<PlanMode>(["preview", "resolved"])("Two runs in %s mode give the same bytes", async (mode) => {
  const first = digestText(await plan(mode));
  expect(digestText(await plan(mode))).toBe(first);
  expect(first.length).toBeGreaterThan(3000);
});

test("Plans that are started together do not affect each other", async () => {
  const plans = await Promise.all([plan(), plan("preview"), plan()]);
  expect(plans.map(({ mode, resources }) => [mode, resources.length])).toEqual([
    ["resolved", 9],
    ["preview", 9],
    ["resolved", 9],
  ]);
});

test("A URN contains the types of all parents except the stack", async () => {
  const urn = (await plan()).one("aws:ec2/vpc:Vpc").urn;
  expect(urn).toBe("urn:pulumi:dev::task-platform::test:plan:Net$aws:ec2/vpc:Vpc::net");
});

test("In preview mode outputs of providers are unknown, and so are values computed from them", async () => {
  const preview = await plan("preview");
  expect(preview.one("aws:ec2/subnet:Subnet").unknownInputs).toEqual(["vpcId"]);
  expect(preview.one("aws:sns/topicPolicy:TopicPolicy").unknownInputs).toEqual(["arn", "policy"]);
});

test("In resolved mode ids and ARNs are known, in the account and the region of the provider", async () => {
  const resolved = await plan();
  const vpcId = resolved.one("aws:ec2/vpc:Vpc").id;
  expect(vpcId).toMatch(/^vpc-0[0-9a-f]{16}$/);
  expect(resolved.one("aws:ec2/subnet:Subnet").inputs.vpcId).toBe(vpcId);
  expect(resolved.outputs.vpcId).toBe(vpcId);
  expect(resolved.one("aws:sns/topicPolicy:TopicPolicy").inputs.policy).toMatch(
    /^\{"Resource":"arn:aws:sns:eu-west-1:222222222222:alerts-[0-9a-f]{7}"\}$/,
  );
});

test("The paths of secrets are listed, and every printed text masks the secrets", async () => {
  const resolved = await plan();
  const { secretInputs, inputs } = resolved.one(parameterType);
  expect(secretInputs).toEqual(["description", "value"]);
  expect(inputs.description).toBe("do not tell");
  expect(resolved.secretOutputs).toEqual(["password"]);
  const printed = [digestText(resolved), summary(resolved), inventory(resolved)].join("\n");
  expect(printed).not.toContain("do not tell");
  expect(printed).not.toContain(String(inputs.value));
  expect(printed).toContain('"app:note": "[secret]"');
  expect(printed).toContain('"value": "[secret]"');
});

test("The digest has the format of `pulumi preview --json`", async () => {
  const digest = JSON.parse(digestText(await plan())) as {
    steps: Record<string, unknown>[];
    changeSummary: unknown;
  };
  expect(Object.keys(digest)).toEqual(["config", "steps", "diagnostics", "changeSummary", "outputs"]);
  expect(digest.changeSummary).toEqual({ create: 9 });
  const step = digest.steps.find(({ urn }) => String(urn).includes("Parameter"));
  expect(step).toMatchObject({
    op: "create",
    detailedDiff: null,
    newState: { custom: true, type: parameterType, protect: true },
  });
});

test("The inventory has one line per resource with its parent and its protection, sorted", async () => {
  expect(inventory(await plan())).toBe(
    `${[
      "aws:ec2/networkAcl:NetworkAcl  net-default-access-list  net  made-by-aws",
      "aws:ec2/routeTable:RouteTable  net-main-route-table  net  made-by-aws",
      "aws:ec2/subnet:Subnet  net-a  net",
      "aws:ec2/vpc:Vpc  net  net",
      "aws:sns/topic:Topic  alerts  task-platform-dev",
      "aws:sns/topicPolicy:TopicPolicy  alerts  task-platform-dev",
      "aws:ssm/parameter:Parameter  password  task-platform-dev  protect",
      "pulumi:providers:aws  home  task-platform-dev",
      "random:index/randomPassword:RandomPassword  password  task-platform-dev",
      "test:plan:Net  net  task-platform-dev",
    ].join("\n")}\n`,
  );
});

test("The summary has counts by service, protected resources, outputs, and problems that a deployment refuses", async () => {
  const text = summary(await plan(), ["domain: the example value"]);
  expect(text).toContain("dev (resolved): 7 resources in 1 components");
  expect(text).toMatch(/aws:ec2 +2 {2}Subnet, Vpc/);
  expect(text).toContain("protected: 1\n  aws:ssm/parameter:Parameter  password");
  expect(text).toMatch(/password +\[secret\]/);
  expect(text).toContain("a deployment refuses:\n  domain: the example value");
});

test("Overrides replace outputs of the tables, by type and by name", async () => {
  const result = await planProgram(program, {
    config: { "app:note": "n" },
    outputs: {
      "aws:ec2/vpc:Vpc": { id: "vpc-of-type" },
      "aws:sns/topic:Topic::alerts": { arn: "arn-of-name" },
    },
  });
  expect(result.outputs.vpcId).toBe("vpc-of-type");
  expect(result.one("aws:sns/topicPolicy:TopicPolicy").inputs.arn).toBe("arn-of-name");
});

test("Asking for one resource fails with the names that exist", async () => {
  const resolved = await plan();
  expect(() => resolved.one("aws:ec2/vpc:Vpc", "other")).toThrow(
    "0 resources of type aws:ec2/vpc:Vpc named other; there are: net",
  );
});
