import { createRequire } from "node:module";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import aliasProto from "@pulumi/pulumi/proto/alias_pb.js";
import callbackProto from "@pulumi/pulumi/proto/callback_pb.js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import monitorGrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import monitorProto from "@pulumi/pulumi/proto/resource_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import { beforeEach, expect, test } from "vitest";
import { sdk } from "../../tools/plan/protocol/index.ts";

// Each test checks one behaviour of the SDK that its types do not promise. If an upgrade breaks a test, tools/plan is wrong too.

type Respond = (error: Error | null, response: unknown) => void;

/** The smallest monitor. It answers with the inputs and a URN from type and name. */
class Monitor {
  readonly registered: monitorProto.RegisterResourceRequest[] = [];
  readonly calls: string[] = [];
  closed = 0;
  unknown = false;

  registerResource(request: monitorProto.RegisterResourceRequest, respond: Respond): void {
    this.registered.push(request);
    const response = new monitorProto.RegisterResourceResponse();
    response.setUrn(`urn:pulumi:s::p::${request.getType()}::${request.getName()}`);
    response.setObject(request.getObject());
    response.setUnknown(this.unknown);
    respond(null, response);
  }

  registerResourceOutputs(_request: unknown, respond: Respond): void {
    respond(null, {});
  }

  registerStackTransform(request: callbackProto.Callback, respond: Respond): void {
    this.calls.push(`${request.getTarget()} ${request.getToken()}`);
    respond(null, {});
  }

  getDeploymentInfo(_request: unknown, respond: Respond): void {
    const info = new monitorProto.DeploymentInfo();
    const { RESOURCE_MONITOR_FEATURE_TRANSFORMS, RESOURCE_MONITOR_FEATURE_SECRETS } =
      monitorProto.ResourceMonitorFeature;
    info.setSupportedfeaturesList([RESOURCE_MONITOR_FEATURE_TRANSFORMS, RESOURCE_MONITOR_FEATURE_SECRETS]);
    respond(null, info);
  }

  close(): void {
    this.closed += 1;
  }
}

let monitor: Monitor;

beforeEach(() => {
  monitor = new Monitor();
  sdk.setMockOptions(monitor, "project", "stack", false, "organization");
});

async function run(program: () => unknown): Promise<Record<string, unknown> | undefined> {
  await sdk.awaitFeatureSupport();
  const outputs = await sdk.runInPulumiStack(async () => program());
  await sdk.disconnect();
  return outputs;
}

test("setMockOptions sets project, stack, organization and mode", () => {
  sdk.setMockOptions(monitor, "other", "place", true, "people");
  expect([
    pulumi.getProject(),
    pulumi.getStack(),
    pulumi.getOrganization(),
    pulumi.runtime.isDryRun(),
  ]).toEqual(["other", "place", "people", true]);
});

test("setAllConfig gives the program its configuration and marks secret keys", () => {
  sdk.setAllConfig({ "project:open": "1", "project:hidden": "2" }, ["project:hidden"]);
  expect(new pulumi.Config("project").require("open")).toBe("1");
  const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };
  expect([isConfigSecret("project:open"), isConfigSecret("project:hidden")]).toEqual([false, true]);
  expect(pulumi.runtime.allConfig()).toEqual({ "project:open": "1", "project:hidden": "2" });
});

test("awaitFeatureSupport reads the features of the monitor, which transforms need", async () => {
  const withTransform = () => void new aws.sns.Topic("topic", {}, { transforms: [() => undefined] });
  await run(withTransform);
  expect(monitor.registered.at(-1)?.getTransformsList()).toHaveLength(1);
});

test("runInPulumiStack registers a stack and returns the result of the program", async () => {
  expect(await run(() => ({ answer: 42 }))).toEqual({ answer: 42 });
  expect(monitor.registered[0]?.getType()).toBe("pulumi:pulumi:Stack");
});

test("disconnect waits for running registrations and closes the monitor", async () => {
  await run(() => void new aws.sns.Topic("topic"));
  expect(monitor.registered.map((request) => request.getName())).toEqual(["project-stack", "topic"]);
  expect(monitor.closed).toBe(1);
});

test("registerStackTransformation gets every resource with the names of all its outputs", async () => {
  const seen: string[][] = [];
  await run(() => {
    sdk.registerStackTransformation((args) => {
      seen.push([args.type, args.name, ...Object.keys(args.props as object)]);
      return undefined;
    });
    new aws.sns.Topic("topic", { displayName: "given" });
  });
  expect(seen).toHaveLength(1);
  expect(seen[0]).toEqual(expect.arrayContaining(["aws:sns/topic:Topic", "topic", "displayName", "arn"]));
});

test("Missing outputs of an answer are unknown if the answer is marked unknown, and undefined otherwise", async () => {
  const arnOf = async () => {
    const topics: aws.sns.Topic[] = [];
    await run(() => void topics.push(new aws.sns.Topic("topic", { displayName: "given" })));
    const [topic] = topics;
    const known = (output: unknown) => (output as { isKnown: Promise<boolean> }).isKnown;
    return [await known(topic?.arn), await known(topic?.displayName)];
  };
  expect(await arnOf()).toEqual([true, true]);
  sdk.setMockOptions(monitor, "project", "stack", false, "organization");
  monitor.unknown = true;
  expect(await arnOf()).toEqual([false, true]);
});

test("A stack transform reaches the monitor as an address and a token", async () => {
  await run(() => pulumi.runtime.registerResourceTransform(() => undefined));
  expect(monitor.calls).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+ [0-9a-f-]{36}$/)]);
});

test("The placeholders in messages are those of the engine", () => {
  expect([sdk.unknownValue, sdk.specialSigKey, sdk.specialSecretSig, sdk.specialResourceSig]).toEqual([
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "4dabf18193072939515e22adb298388d",
    "1b47061264138c4ac30d75fd1eb44270",
    "5cf8f73096256a8f31e491e813e4eb8e",
  ]);
});

test("The messages of the protocol have the members that the plan reads", () => {
  const request = new monitorProto.RegisterResourceRequest();
  const members = [
    ["hasProtect", "hasRetainondelete", "getDeletebeforereplace", "getDependenciesList", "getRemote"],
    ["getPropertydependenciesMap", "getAliasesList", "getIgnorechangesList", "getReplaceonchangesList"],
    [
      "getCustomtimeouts",
      "getDeletedwith",
      "getProvider",
      "getProvidersMap",
      "getTransformsList",
      "getVersion",
    ],
    ["getAdditionalsecretoutputsList", "getObject", "getParent", "getCustom", "getType", "getName"],
  ].flat();
  expect(members.filter((member) => !(member in request))).toEqual([]);
  const classes = [
    aliasProto.Alias,
    callbackProto.CallbackInvokeRequest,
    callbackProto.CallbackInvokeResponse,
    monitorProto.TransformRequest,
    monitorProto.TransformResponse,
    monitorProto.TransformResourceOptions,
    monitorProto.DeploymentInfo,
    monitorProto.ReadResourceResponse,
    monitorProto.RegisterPackageResponse,
    monitorProto.ResourceInvokeResponse,
    providerProto.CallResponse,
    structProto.Struct,
  ];
  expect(classes.map((message) => typeof message)).toEqual(classes.map(() => "function"));
});

test("The services of the protocol have the methods that the boot test serves", () => {
  expect(Object.keys(monitorGrpc.ResourceMonitorService)).toEqual(
    expect.arrayContaining([
      "registerResource",
      "registerResourceOutputs",
      "readResource",
      "invoke",
      "call",
      "registerStackTransform",
      "registerPackage",
      "getDeploymentInfo",
      "signalAndWaitForShutdown",
    ]),
  );
  expect(Object.keys(engineGrpc.EngineService)).toEqual(
    expect.arrayContaining(["log", "getRootResource", "setRootResource", "requirePulumiVersion"]),
  );
});

test("The runner of the language host is where the boot test looks for it", () => {
  const path = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run");
  expect(path).toMatch(/cmd[/\\]run[/\\]index\.js$/);
});

test("The SDK tells which configuration keys are secret, by which the program refuses a secret in clear text", () => {
  const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };
  sdk.setAllConfig({ "shop:open": "a", "shop:hidden": "b" }, ["shop:hidden"]);
  expect([isConfigSecret("shop:open"), isConfigSecret("shop:hidden")]).toEqual([false, true]);
});
