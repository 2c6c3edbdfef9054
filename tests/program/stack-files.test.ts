import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { platform } from "../../components/base/core/index.ts";
import { cidrsOverlap, planSubnets } from "../../components/network/network/index.ts";
import { configKeys } from "../../infra/environment/config-keys.ts";
import { allowExampleValuesKey } from "../../infra/program.ts";
import { specs } from "../../stacks/index.ts";
import { environments, root } from "./plan-of.ts";

const read = (file: string) => parse(readFileSync(join(root, file), "utf8")) as Record<string, unknown>;
const project = read("Pulumi.yaml") as {
  readonly config: Readonly<Record<string, { readonly type: string; readonly description: string }>>;
};

test("the project file lets Node itself run infra/index.ts", () => {
  expect(project).toMatchObject({
    name: platform.name,
    main: "infra/index.ts",
    runtime: { name: "nodejs", options: { typescript: false } },
  });
});

test("the schema of the project file describes exactly the keys that the program reads", () => {
  expect(Object.keys(project.config)).toEqual(Object.keys(configKeys));
  for (const [key, { type, description }] of Object.entries(project.config)) {
    const listed = configKeys[key as keyof typeof configKeys].allowed.startsWith("a list");
    expect([key, type]).toEqual([key, listed ? "array" : "string"]);
    expect(description.length).toBeGreaterThan(20);
  }
});

/** Required keys, those of CloudFront where the spec has it, and who reaches a private API server. Only the CLI sets a secret. */
function keysOf(name: (typeof environments)[number]): string[] {
  const { distribution, cluster } = specs[name];
  const needed = [
    ...(cluster.publicEndpoint ? [] : ["apiServerCallers"]),
    ...(distribution === "none" ? [] : ["originPrefixListId", "probePrefixListId"]),
  ];
  return Object.entries(configKeys)
    .filter(([key, reader]) => !reader.optional || needed.includes(key))
    .map(([key]) => key);
}

test.each(environments)(
  "the stack file of %s has every key, a KMS key for its secrets, and no secret",
  (name) => {
    const file = read(`Pulumi.${name}.yaml`);
    const { config } = file as { config: Record<string, unknown> };
    const { region } = specs[name];
    expect(Object.keys(file).toSorted()).toEqual(["config", "secretsprovider"]);
    expect(file.secretsprovider).toBe(`awskms://alias/${platform.name}-${name}?region=${region}`);
    expect(Object.keys(config)).toEqual([
      "pulumi:disable-default-providers",
      ...keysOf(name).map((key) => `${platform.name}:${key}`),
    ]);
    expect(config["pulumi:disable-default-providers"]).toEqual(["*"]);
    expect(config[`${platform.name}:${allowExampleValuesKey}`]).toBeUndefined();
  },
);

test("no two subnets of all environments overlap, and none overlaps the range of Services", () => {
  const subnets = environments.flatMap((name) =>
    planSubnets(specs[name].network.cidr, specs[name].network.zones).map(({ cidr }) => cidr),
  );
  const zones = environments.reduce((sum, name) => sum + specs[name].network.zones.length, 0);
  expect(subnets).toHaveLength(zones * 4); // Four tiers in every zone.
  const ranges = [...subnets, specs.prod.cluster.serviceCidr];
  const clashes = ranges.flatMap((cidr, at) =>
    ranges.slice(at + 1).flatMap((other) => (cidrsOverlap(cidr, other) ? [`${cidr} and ${other}`] : [])),
  );
  expect(clashes).toEqual([]);
});
