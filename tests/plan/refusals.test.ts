import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { DependencyResource } from "@pulumi/pulumi/resource.js";
import { expect, test } from "vitest";
import { planProgram } from "../../tools/plan/index.ts";

test("Two resources with one URN are refused", async () => {
  const plan = planProgram(() => {
    new aws.sns.Topic("topic");
    new aws.sns.Topic("topic");
  });
  await expect(plan).rejects.toThrow(
    "two resources have the URN urn:pulumi:dev::task-platform::aws:sns/topic:Topic::topic: give one of them another name",
  );
});

test("A reference to a resource that is not in the plan is refused", async () => {
  const gone = "urn:pulumi:dev::task-platform::aws:sns/topic:Topic::gone";
  const plan = planProgram(
    () => new aws.sns.Topic("topic", {}, { dependsOn: [new DependencyResource(gone)] }),
  );
  await expect(plan).rejects.toThrow(
    `aws:sns/topic:Topic "topic" refers to ${gone}, which is not in the plan`,
  );
});

test("In resolved mode the read of an output that is in no table is refused, with input, resource and what to do", async () => {
  const program = () => {
    const queue = new aws.sqs.Queue("queue");
    new aws.sns.Topic("topic", { displayName: queue.url });
  };
  await expect(planProgram(program)).rejects.toThrow(
    'aws:sns/topic:Topic "topic", input displayName: reads an output of queue that no table in tools/plan/outputs knows; add it there',
  );
  const preview = await planProgram(program, { mode: "preview" });
  expect(preview.resources).toHaveLength(3);
});

test("A stack output from an output that is in no table is refused", async () => {
  const plan = planProgram(() => ({ url: new aws.sqs.Queue("queue").url }));
  await expect(plan).rejects.toThrow("stack output url reads an output that no table");
});

test("All problems of a plan are reported at once", async () => {
  const plan = planProgram(() => {
    new aws.sns.Topic("reader", { displayName: new aws.sqs.Queue("queue").url });
    new aws.sns.Topic("topic");
    new aws.sns.Topic("topic");
    return { url: new aws.sqs.Queue("other").url };
  });
  await expect(plan).rejects.toThrow(/the plan of dev has 3 problems:\n {2}- two resources/);
});

test("Reading a resource that the program does not own is refused", async () => {
  const plan = planProgram(
    () => void aws.sns.Topic.get("foreign", "arn:aws:sns:us-east-1:123456789012:foreign"),
  );
  await expect(plan).rejects.toThrow(
    'aws:sns/topic:Topic.get("foreign"): the program may not read what it does not own',
  );
});

test("A look-up is refused", async () => {
  const plan = planProgram(() => void aws.getAvailabilityZonesOutput({ state: "available" }));
  await expect(plan).rejects.toThrow(
    "call of aws:index/getAvailabilityZones:getAvailabilityZones: the plan makes no look-ups; pass the value as an argument",
  );
});

const noDefaults = { config: { "pulumi:disable-default-providers": '["*"]' } };

test("Where default providers are disabled, a resource without its own is refused", async () => {
  await expect(planProgram(() => new aws.sns.Topic("topic"), noDefaults)).rejects.toThrow(
    'aws:sns/topic:Topic "topic" has no explicit provider, and default providers of aws are disabled',
  );
  const own = await planProgram(() => {
    new aws.sns.Topic("topic", {}, { provider: new aws.Provider("home", { region: "us-east-1" }) });
  }, noDefaults);
  expect(own.resources).toHaveLength(3);
});

test("A component whose children are created by a plugin needs a provider of its package", async () => {
  const plan = planProgram(() => {
    const home = new aws.Provider("home", { region: "us-east-1" });
    return void new eks.ManagedNodeGroup("nodes", { cluster: {} as never }, { providers: [home] });
  }, noDefaults);
  await expect(plan).rejects.toThrow('eks:index:ManagedNodeGroup "nodes" has no explicit provider');
});

test("All known outputs of a referenced resource can be read, and an output that is in no table is refused", async () => {
  const program = (read: (cluster: pulumi.Output<aws.eks.Cluster>) => pulumi.Output<string>) => () => {
    const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
    const cluster = new eks.Cluster("main", {
      serviceRole: role,
      vpcId: "vpc-1",
      privateSubnetIds: ["subnet-1"],
      authenticationMode: "API",
      skipDefaultNodeGroup: true,
      skipDefaultSecurityGroups: true,
      useDefaultVpcCni: true,
      bootstrapSelfManagedAddons: false,
      kubeProxyAddonOptions: { enabled: false },
      corednsAddonOptions: { enabled: false },
    });
    return { value: read(cluster.eksCluster) };
  };
  const known = await planProgram(program((cluster) => cluster.endpoint));
  expect(known.outputs.value).toMatch(/^https:\/\/.*eks\.amazonaws\.com$/);
  await expect(planProgram(program((cluster) => cluster.platformVersion))).rejects.toThrow(
    "stack output value reads an output that no table",
  );
});

class Broken extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:refusals:Broken", name);
    throw new pulumi.ResourceError("wrong arguments", this, true);
  }
}

test("A program that throws fails with its message only, without the resource graph", async () => {
  const failure = await planProgram(() => new Broken("broken")).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(Object.keys(failure as object)).toEqual([]);
  expect((failure as Error).message).toBe("wrong arguments");
});

test("An error inside an apply that the program does not await fails the plan", async () => {
  const plan = planProgram(() => {
    pulumi.output(1).apply(() => {
      throw new Error("nobody waits for this");
    });
  });
  await expect(plan).rejects.toThrow("nobody waits for this");
});

test("A plan after a failed one is complete", async () => {
  await planProgram(() => {
    new aws.sns.Topic("left-over");
    new Broken("broken");
  }).catch(() => undefined);
  const plan = await planProgram(() => void new aws.sns.Topic("topic"));
  expect(plan.all("aws:sns/topic:Topic").map((topic) => topic.name)).toEqual(["topic"]);
});

test("Listeners for unhandled rejections are restored after a plan", async () => {
  // A listener of this test, because an earlier plan may have removed the others.
  const listener = () => undefined;
  process.on("unhandledRejection", listener);
  try {
    await planProgram(() => new Broken("broken")).catch(() => undefined);
    expect(process.listeners("unhandledRejection")).toContain(listener);
  } finally {
    process.off("unhandledRejection", listener);
  }
});
