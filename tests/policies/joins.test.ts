import { expect, test } from "vitest";
import { environmentOf, evaluate, rules } from "../../policies/index.ts";
import type { Plan, PlannedResource } from "../../tools/plan/index.ts";
import { environments, planOf } from "../program/plan-of.ts";

type Resources = readonly PlannedResource[];
type EnvironmentName = (typeof environments)[number];

/** What one rule says about resources of an environment, without waivers: name of the resource and message. */
function found(id: string, environment: EnvironmentName, resources: Resources): readonly string[] {
  const only = rules.filter((rule) => rule.id === id);
  expect(only).toHaveLength(1);
  const context = { environment: environmentOf(environment), today: "2026-11-25" };
  return evaluate(resources, context, only, []).violations.map(
    ({ urn, message }) => `${urn.split("::").at(-1)} ${message}`,
  );
}

/** The resources with changed inputs of those that match. */
function changed(
  plan: Plan,
  matches: (resource: PlannedResource) => boolean,
  change: (inputs: PlannedResource["inputs"]) => PlannedResource["inputs"],
): Resources {
  return plan.resources.map((one) => (matches(one) ? { ...one, inputs: change(one.inputs) } : one));
}

const subnetType = "aws:ec2/subnet:Subnet";
const tiers = ["public", "private", "data", "control-plane"] as const;

/** The same value with the subnets of one tier in place of those of another, by URN or id. */
function moved(value: unknown, to: ReadonlyMap<string, string>): unknown {
  const text = JSON.stringify(value).replaceAll(/"([^"]+)"/g, (whole, inner: string) =>
    to.has(inner) ? JSON.stringify(to.get(inner)) : whole,
  );
  return JSON.parse(text) as unknown;
}

/** Ids and URNs of every subnet, with those of the subnet of another tier in the same zone. */
function otherTier(plan: Plan, tier: string): ReadonlyMap<string, string> {
  const subnets = plan.all(subnetType);
  const zone = ({ inputs }: PlannedResource) => inputs.availabilityZoneId;
  return new Map(
    subnets.flatMap((from) => {
      const to = subnets.find((one) => zone(one) === zone(from) && one.name.startsWith(`network-${tier}-`));
      return to ? [[from.id, to.id] as const, [from.urn, to.urn] as const] : [];
    }),
  );
}

/** Resources that name subnets, without the parts of the network that every tier has. */
function placed(plan: Plan): Resources {
  const ids = new Set(plan.all(subnetType).flatMap(({ id, urn }) => [id, urn]));
  return plan.resources.filter(
    ({ type, inputs, options }) =>
      ![
        subnetType,
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        "aws:ec2/networkAcl:NetworkAcl",
      ].includes(type) &&
      [...JSON.stringify([inputs, options.propertyDependencies]).matchAll(/"([^"]+)"/g)].some(
        ([, inner = ""]) => ids.has(inner),
      ),
  );
}

test.each(environments)(
  "in %s every resource that takes subnets is noticed in each of the three other tiers",
  async (environment) => {
    const plan = await planOf(environment);
    const resources = placed(plan);
    expect(new Set(resources.map(({ type }) => type)).size).toBeGreaterThan(9);
    const silent = resources.flatMap((resource) => {
      const verdicts = tiers.map((tier) => {
        const to = otherTier(plan, tier);
        const { dependencies } = resource.options;
        const elsewhere: PlannedResource = {
          ...resource,
          inputs: moved(resource.inputs, to) as PlannedResource["inputs"],
          options: {
            ...resource.options,
            dependencies,
            propertyDependencies: moved(
              resource.options.propertyDependencies,
              to,
            ) as PlannedResource["options"]["propertyDependencies"],
          },
        };
        return found("resource-in-its-tier", environment, [...plan.all(subnetType), elsewhere]).length;
      });
      return verdicts.filter((count) => count > 0).length === 3 ? [] : [`${resource.type} ${resource.name}`];
    });
    expect(silent).toEqual([]);
  },
);

test("a type that the rule has never seen is refused in every tier, until its tier is decided", async () => {
  const plan = await planOf("prod");
  const [group] = plan.all("aws:eks/nodeGroup:NodeGroup");
  const lambda = { ...group, type: "aws:lambda/function:Function" } as PlannedResource;
  const inputs = { vpcConfig: { subnetIds: group?.inputs.subnetIds } };
  const unknown = { ...lambda, inputs, options: { ...lambda.options, propertyDependencies: {} } };
  expect(found("resource-in-its-tier", "prod", [...plan.all(subnetType), unknown])).toEqual([
    expect.stringContaining("vpcConfig: got subnets of private for aws:lambda/function:Function"),
  ]);
});

test.each(environments)(
  "in %s a data subnet that gets a way out, or calls itself private, is noticed",
  async (name) => {
    const plan = await planOf(name);
    const data = plan.all(subnetType).filter((one) => one.name.startsWith("network-data-"));
    const first = data[0]?.name ?? "";
    const [table] = plan.all("aws:ec2/routeTable:RouteTable").filter((one) => one.name.includes("public"));
    const open = plan.resources.map((one) =>
      one.type === "aws:ec2/routeTableAssociation:RouteTableAssociation" && one.name === first
        ? {
            ...one,
            inputs: { ...one.inputs, routeTableId: table?.id },
            options: { ...one.options, propertyDependencies: {} },
          }
        : one,
    );
    expect(found("subnet-tier-true", name, plan.resources)).toEqual([]);
    expect(found("subnet-tier-true", name, open)).toEqual([expect.stringContaining(first)]);
  },
);

const association = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const release = "kubernetes:helm.sh/v3:Release";
const account = "kubernetes:core/v1:ServiceAccount";

/** Each place that names a service account, renamed there alone, must be noticed: both sides of each join. */
test.each(environments)(
  "in %s no name of a service account can change on one side alone",
  async (environment) => {
    const plan = await planOf(environment);
    const joins = ["identity-has-account", "account-has-identity", "addon-identity-of-its-account"];
    const silent: string[] = [];
    const all = [...joins, "identity-trusted-by-its-role"];
    expect(all.flatMap((id) => found(id, environment, plan.resources))).toEqual([]);
    const subjects = plan.resources.filter(({ type, inputs }) =>
      type === "aws:eks/addon:Addon"
        ? inputs.podIdentityAssociations !== undefined
        : [association, release, account].includes(type),
    );
    expect(subjects.length).toBeGreaterThan(11);
    for (const subject of subjects) {
      const renamed = changed(
        plan,
        ({ urn }) => urn === subject.urn,
        (inputs) => rename(inputs) as PlannedResource["inputs"],
      );
      const notices = joins.flatMap((id) => found(id, environment, renamed));
      if (notices.length === 0) silent.push(subject.urn);
    }
    expect(silent).toEqual([]);
  },
);

const accountKeys = ["serviceAccount", "metadata"];

/** A copy in which the service account has another name, wherever it is named. */
function rename(value: unknown, key = ""): unknown {
  if (typeof value === "string" && key === "serviceAccount") return `${value}-2`;
  if (Array.isArray(value)) return value.map((item) => rename(item, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([inner, item]) => [
      inner,
      inner === "name" && accountKeys.includes(key) ? `${String(item)}-2` : rename(item, inner),
    ]),
  );
}

test.each(["namespace", "serviceAccount"])(
  "a pod identity whose role trusts another %s is noticed",
  async (property) => {
    const plan = await planOf("prod");
    const identities = plan.all(association);
    expect(identities.length).toBeGreaterThan(5);
    for (const { urn } of identities) {
      const other = changed(
        plan,
        (one) => one.urn === urn,
        (inputs) => ({ ...inputs, [property]: "other" }),
      );
      expect(found("identity-trusted-by-its-role", "prod", other)).toHaveLength(1);
    }
  },
);
