import { expect, test } from "vitest";
import { specs } from "../../stacks/index.ts";
import { planTakeDown } from "../../tools/deploy/index.ts";
import type { PlannedResource } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

/** A planned resource as the state holds it after a deploy. */
const toState = ({ options, ...resource }: PlannedResource) => ({ ...resource, ...options });

test.each(environments)("a destroy of %s deletes and keeps what `removal` promises", async (name) => {
  const { resources } = await planOf(name);
  const { removal } = specs[name];
  const { kept, deleted, problems } = planTakeDown(name, removal, resources.map(toState));
  expect(problems.length).toBe(removal === "retain-all" ? 1 : 0);
  if (removal === "remove") expect(kept).toEqual([]);
  const stays = new Set(kept.map(({ urn }) => urn));
  const bared = resources.filter(
    ({ urn, type, options }) =>
      removal !== "remove" &&
      type.startsWith("aws:s3/bucket") &&
      !stays.has(urn) &&
      (options.propertyDependencies.bucket ?? []).some((from) => stays.has(from)),
  );
  // A bucket that stays without its settings would be open, unencrypted or without versions.
  expect(bared.map((resource) => `${resource.type} ${resource.name}`)).toEqual([]);
  if (removal !== "retain-data") return;
  const types = (found: typeof kept) => new Set(found.map(({ type }) => type));
  for (const type of [
    "aws:rds/instance:Instance",
    "aws:msk/cluster:Cluster",
    "aws:ec2/vpc:Vpc",
    "aws:kms/key:Key",
  ]) {
    expect(types(kept)).toContain(type);
  }
  for (const type of [
    "aws:eks/cluster:Cluster",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:ec2/natGateway:NatGateway",
  ]) {
    expect([type, types(deleted).has(type), types(kept).has(type)]).toEqual([type, true, false]);
  }
});
