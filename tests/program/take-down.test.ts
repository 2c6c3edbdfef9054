import { expect, test } from "vitest";
import { specs } from "../../stacks/index.ts";
import { planTakeDown } from "../../tools/deploy/index.ts";
import type { PlannedResource } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

/** A planned resource as the state holds it after a deploy. */
const toState = ({ options, ...resource }: PlannedResource) => ({ ...resource, ...options });

/** The same after a deploy with `retain-data`, which protects data only and turns off what AWS itself would refuse. */
function withoutFoundation({ inputs, ...resource }: ReturnType<typeof toState>) {
  const { deletionProtection: _, enableDeletionProtection: __, ...left } = inputs;
  return { ...resource, inputs: left, protect: resource.protect && resource.retainOnDelete };
}

/** What costs money or changes often; nothing that stays may have been made from it. */
const passing = [
  "aws:eks/cluster:Cluster",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:cloudfront/distribution:Distribution",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
];

test.each(environments)("a destroy of %s deletes and keeps what `removal` promises", async (name) => {
  const { resources } = await planOf(name);
  const { removal } = specs[name];
  const { kept, problems } = planTakeDown(name, removal, resources.map(toState));
  expect(problems.length).toBe(removal === "retain-all" ? 1 : 0);
  if (removal === "remove") expect(kept).toEqual([]);
  const stays = new Set(kept.map(({ urn }) => urn));
  const bared = resources.filter(
    ({ urn, type, options }) =>
      removal !== "remove" &&
      type.startsWith("aws:s3/bucket") &&
      !stays.has(urn) &&
      !options.retainOnDelete &&
      (options.propertyDependencies.bucket ?? []).some((from) => stays.has(from)),
  );
  // A bucket that stays without its settings would be open, unencrypted or without versions.
  expect(bared.map((resource) => `${resource.type} ${resource.name}`)).toEqual([]);
});

test.each(["staging", "prod", "dr"] as const)(
  "with retain-data a destroy of %s keeps the stores and no cluster",
  async (name) => {
    const state = (await planOf(name)).resources.map(toState).map(withoutFoundation);
    const { kept, problems } = planTakeDown(name, "retain-data", state);
    expect(problems).toEqual([]);
    const types = new Set(kept.map(({ type }) => type));
    for (const type of [
      "aws:rds/instance:Instance",
      "aws:msk/cluster:Cluster",
      "aws:ec2/vpc:Vpc",
      "aws:kms/key:Key",
    ]) {
      expect(types).toContain(type);
    }
    expect(passing.filter((type) => types.has(type))).toEqual([]);
    expect([...types].filter((type) => type.startsWith("kubernetes:"))).toEqual([]);
  },
);
