import { expect, test } from "vitest";
import { explicitOrder, type Plan, type PlannedResource } from "../../tools/plan/index.ts";
import { type Order, orders } from "./orders.ts";
import { environments, planOf } from "./plan-of.ts";

const isOf = (types: readonly string[], { type }: PlannedResource) => types.some((end) => type.endsWith(end));

const states = ({ before, after, pairs }: Order, first: PlannedResource, then: PlannedResource) =>
  first !== then && isOf(before, first) && isOf(after, then) && (pairs?.(first, then) ?? true);

/**
 * Everything that is created before each resource, and deleted after it: what its inputs, its options and its provider wait
 * for. A component of a plugin is in here as itself: a destroy does not know that its children were made with it.
 */
function earlier(plan: Plan): (urn: string) => ReadonlySet<string> {
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const known = new Map<string, ReadonlySet<string>>();
  const find = (urn: string): ReadonlySet<string> => {
    const found = known.get(urn);
    if (found) return found;
    const all = new Set<string>();
    known.set(urn, all);
    const { dependencies = [], propertyDependencies = {}, provider = "" } = byUrn.get(urn)?.options ?? {};
    const direct = [
      ...dependencies,
      ...Object.values(propertyDependencies).flat(),
      ...(provider === "" ? [] : [provider.slice(0, provider.lastIndexOf("::"))]),
    ];
    for (const one of direct) for (const before of [one, ...find(one)]) all.add(before);
    return all;
  };
  return find;
}

const label = ({ type, name }: PlannedResource) => `${type} ${name}`;

/** Every pair of resources that an order is about. */
function pairsOf(
  order: Order,
  { resources }: Plan,
): readonly (readonly [PlannedResource, PlannedResource])[] {
  const firsts = resources.filter((one) => isOf(order.before, one));
  const thens = resources.filter((one) => isOf(order.after, one));
  return thens.flatMap((then) =>
    firsts.filter((first) => states(order, first, then)).map((first) => [first, then] as const),
  );
}

/** A preview has the same dependencies: a test of the plan compares both. */
test.each(environments)("in %s every stated order holds", async (environment) => {
  const plan = await planOf(environment);
  const before = earlier(plan);
  const broken = orders.flatMap((order) =>
    pairsOf(order, plan)
      .filter(([first, then]) => !before(then.urn).has(first.urn))
      .map(([first, then]) => `${label(then)} does not wait for ${label(first)}: ${order.because}`),
  );
  expect(broken).toEqual([]);
});

test("every stated order is about something in prod", async () => {
  const plan = await planOf("prod");
  const idle = orders.filter((order) => pairsOf(order, plan).length === 0);
  expect(idle.map(({ because }) => because)).toEqual([]);
});

/** The policies of each role, by the URN of the role. */
function policiesOfRoles({ resources }: Plan): ReadonlyMap<string, readonly PlannedResource[]> {
  const found = resources
    .filter(({ type }) => /:iam\/rolePolic(y|yAttachment):/.test(type))
    .flatMap((policy) => (policy.options.propertyDependencies.role ?? []).map((role) => ({ role, policy })));
  const byRole = Map.groupBy(found, ({ role }) => role);
  return new Map([...byRole].map(([role, entries]) => [role, entries.map(({ policy }) => policy)]));
}

/** Policies name roles as principals or callers. They do not act as them. */
const namesRolesOnly = /:(iam|kms)\/|Policy$|:ec2\/vpcEndpoint:/;

/** Resources that hand a role to a service, with a policy of the role that they must wait for. */
function usersOfRoles(
  plan: Plan,
): readonly { readonly user: PlannedResource; readonly policy: PlannedResource }[] {
  const policies = policiesOfRoles(plan);
  return plan.resources
    .filter(({ type, custom }) => custom && !namesRolesOnly.test(type))
    .flatMap((user) =>
      [...new Set(Object.values(user.options.propertyDependencies).flat())].flatMap((role) =>
        (policies.get(role) ?? []).map((policy) => ({ user, policy })),
      ),
    );
}

/** A service checks the role at once, or works with half of it: aws/aws-cdk#1963 for CloudTrail. */
test.each(environments)("in %s whatever uses a role waits for all its policies", async (environment) => {
  const plan = await planOf(environment);
  const before = earlier(plan);
  const users = usersOfRoles(plan);
  expect(users.length).toBeGreaterThan(10);
  const early = users.filter(({ user, policy }) => !before(user.urn).has(policy.urn));
  expect(early.map(({ user, policy }) => `${label(user)} does not wait for ${label(policy)}`)).toEqual([]);
});

/** So that a new `dependsOn` comes with its reason: here, where its absence fails. */
test.each(environments)(
  "in %s every dependsOn is an order that is stated, or a policy of a role",
  async (environment) => {
    const plan = await planOf(environment);
    const roles = usersOfRoles(plan);
    const below = (one: PlannedResource) => [
      one,
      ...plan.resources.filter(({ parent, urn }) => isBelow(plan, parent, one.urn) && urn !== one.urn),
    ];
    const unstated = [...explicitOrder(plan)].flatMap(([urn, waitsFor]) => {
      const then = plan.resources.find((one) => one.urn === urn);
      if (!then) return [];
      const parts = waitsFor.map((one) => ({ one, inside: below(one) }));
      return parts
        .filter(({ inside }) =>
          inside.every(
            (first) =>
              !orders.some((order) => states(order, first, then)) &&
              !roles.some(({ user, policy }) => user === then && policy === first),
          ),
        )
        .map(({ one }) => `${label(then)} waits for ${label(one)}`);
    });
    expect(unstated).toEqual([]);
  },
);

function isBelow(plan: Plan, parent: string, ancestor: string): boolean {
  if (parent === ancestor) return true;
  const next = plan.resources.find(({ urn }) => urn === parent);
  return next !== undefined && isBelow(plan, next.parent, ancestor);
}
