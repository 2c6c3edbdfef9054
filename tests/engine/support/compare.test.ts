import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, test } from "vitest";
import type { Deployment, StateResource } from "../../../tools/engine/index.ts";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import { differences, secondsOf } from "./compare.ts";

class Group extends pulumi.ComponentResource {
  constructor(name: string, options: pulumi.ComponentResourceOptions) {
    super("test:engine:Group", name, {}, options);
    const topic = new aws.sns.Topic("alerts", { name: "alerts" }, { parent: this, ignoreChanges: ["tags"] });
    new aws.ssm.Parameter(
      "note",
      { name: "note", type: "SecureString", value: pulumi.secret("quiet"), description: topic.arn },
      { parent: this, customTimeouts: { create: "1h30m" }, additionalSecretOutputs: ["arn"] },
    );
  }
}

let plan: Plan;
let state: Deployment;

beforeAll(async () => {
  plan = await planProgram(() => {
    const home = new aws.Provider("home", { region: "eu-west-1" });
    new Group("group", { provider: home, protect: true });
  });
  state = { resources: plan.resources.map(store), pendingOperations: [] };
});

/** A resource of the plan as the engine would store it. */
function store({
  urn,
  type,
  custom,
  parent,
  inputs,
  secretInputs,
  options,
}: Plan["resources"][number]): StateResource {
  const { protect, provider, dependencies, propertyDependencies, ignoreChanges, additionalSecretOutputs } =
    options;
  const marker = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  const marked = Object.entries(inputs).map(([key, value]): [string, unknown] => [
    key,
    secretInputs.includes(key) ? { ...marker, plaintext: JSON.stringify(value) } : value,
  ]);
  const customTimeouts = Object.fromEntries(
    Object.entries(options.customTimeouts).map(([operation, text]) => [operation, secondsOf(text)]),
  );
  return {
    ...{ urn, type, custom, parent, protect, provider, dependencies, propertyDependencies, ignoreChanges },
    ...{ additionalSecretOutputs, customTimeouts, inputs: Object.fromEntries(marked) },
  };
}

test("a state that says the same has no differences", () => {
  expect(differences(plan, state)).toEqual([]);
  expect(plan.resources.length).toBeGreaterThan(4);
});

const parameter = "aws:ssm/parameter:Parameter::note";

test.each([
  ["parent", { parent: "" }, "parent: plan"],
  ["protection", { protect: false }, "protect: plan true, engine false"],
  ["what is kept", { retainOnDelete: true }, "retainOnDelete: plan false, engine true"],
  ["a unit of time", { customTimeouts: { create: 90 } }, "customTimeouts.create: plan 5400, engine 90"],
  ["a dependency", { dependencies: [] }, "dependencies[0]: plan"],
  ["the property of a dependency", { propertyDependencies: {} }, "propertyDependencies.description: plan"],
  ["a secret output", { additionalSecretOutputs: [] }, 'additionalSecretOutputs[0]: plan "arn"'],
  ["ignored changes", { ignoreChanges: ["value"] }, 'ignoreChanges[0]: plan nothing, engine "value"'],
  ["replacing changes", { replaceOnChanges: ["value"] }, "replaceOnChanges[0]: plan nothing"],
  ["deletedWith", { deletedWith: "urn" }, 'deletedWith: plan "", engine "urn"'],
  ["a provider", { provider: "urn:other::id" }, "provider: plan"],
  ["a secret in clear", { inputs: { value: "quiet" } }, 'secrets[0]: plan "value", engine nothing'],
  ["a type", { type: "aws:ssm/document:Document" }, "type: plan"],
])("a difference in %s is found and named", (_, changed: Partial<StateResource>, line) => {
  const resources = state.resources.map((resource) => {
    if (!resource.urn.endsWith(parameter)) return resource;
    return { ...resource, ...changed, inputs: { ...resource.inputs, ...changed.inputs } };
  });
  expect(differences(plan, { ...state, resources })).toContainEqual(expect.stringContaining(line));
});

test("a resource on one side only is found", () => {
  const [first, ...rest] = state.resources;
  expect(differences(plan, { ...state, resources: rest })).toEqual([`only in the plan: ${first?.urn}`]);
  const strange = { urn: "urn:pulumi:dev::task-platform::a:b:C::strange", type: "a:b:C", custom: true };
  expect(differences(plan, { ...state, resources: [...state.resources, strange] })).toEqual([
    `only in the engine: ${strange.urn}`,
  ]);
});
