import { expect, test } from "vitest";
import {
  describeTakeDown,
  destroyArguments,
  planTakeDown,
  readDestroy,
  type StateResource,
} from "./index.ts";

const environments = ["dev", "prod"];

test.each([
  [[], "environment: got nothing; allowed: dev, prod"],
  [["prodd"], 'environment: got "prodd"; allowed: dev, prod'],
  [["dev", "--skip-preview"], "--skip-preview: not allowed; Pulumi would step past what is protected"],
  [["dev", "-f"], "-f: not allowed"],
  [["dev", "--yes"], "--yes: not allowed; confirm with --yes-delete=<environment>"],
  [["dev", "--target=urn:x"], "--target: not allowed; a part of an environment"],
  [["dev", "-t=urn:x"], "-t: not allowed; a part of an environment"],
  [["dev", "-s=prod"], "-s: not allowed; the environment already names the stack"],
  [["dev", "-y"], "-y: not allowed; confirm with"],
  [["dev", "--ignore-protect"], "--ignore-protect: not allowed; the page of the environment"],
  [["dev", "--exclude-protected"], "--exclude-protected: not allowed; the page of the environment"],
  [["dev", "--exclude=urn:x"], "--exclude: not allowed; the page of the environment"],
  [["dev", "--target-dependents"], "--target-dependents: not allowed; allowed: --color, --debug, -d"],
  [["dev", "--remove"], "--remove: not allowed"],
  [["dev", "--cwd=/tmp"], "--cwd: not allowed"],
  [["dev", "-C=/tmp"], "-C: not allowed"],
  [["dev", "--config-file=x"], "--config-file: not allowed"],
  [["dev", "--toString"], "--toString: not allowed; allowed"],
  [["dev", "--stack=prod"], "--stack: not allowed; the environment already names the stack"],
  [["dev", "--yes-delete=prod"], '--yes-delete: got "prod"; allowed: the name of the environment'],
  [["dev", "--yes-delete"], "--yes-delete: got nothing"],
])("The arguments %j of a destroy are refused", (args, problem) => {
  expect(() => readDestroy(args, environments)).toThrow(problem);
});

test("A destroy shows a preview, keeps what is protected where data stays, and passes other flags on", () => {
  const wanted = readDestroy(["dev", "--yes-delete=dev", "--refresh"], environments);
  expect(wanted.confirmed).toBe("dev");
  expect(destroyArguments(wanted, false)).toEqual(["destroy", "--stack", "dev", "--yes", "--refresh"]);
  expect(destroyArguments(wanted, true)).toContain("--exclude-protected");
  expect(destroyArguments(wanted, true)).not.toContain("--skip-preview");
});

const urnOf = (type: string, name: string) => `urn:pulumi:dev::task-platform::${type}::${name}`;

function resource(type: string, name: string, more: Partial<StateResource> = {}): StateResource {
  return { urn: urnOf(type, name), type, custom: true, ...more };
}

const network = resource("aws:ec2/vpc:Vpc", "network");
const subnet = resource("aws:ec2/subnet:Subnet", "data", { propertyDependencies: { vpcId: [network.urn] } });
const database = resource("aws:rds/instance:Instance", "database", {
  dependencies: [subnet.urn],
  protect: true,
  retainOnDelete: true,
});
const cluster = resource("aws:eks/cluster:Cluster", "cluster", { dependencies: [network.urn] });

test("With retain-data a destroy keeps the protected stores and what they were made from, and deletes the rest", () => {
  const found = planTakeDown("staging", "retain-data", [network, subnet, database, cluster]);
  expect(found).toEqual({ kept: [network, subnet, database], deleted: [cluster], problems: [] });
  const text = describeTakeDown("staging", "retain-data", found);
  expect(text).toContain("deletes 1 resources");
  expect(text).toContain("keeps 3 resources, in the account and in the state");
});

test("What a protected store is deleted with stays too, and so do its parent and its provider", () => {
  const provider = resource("pulumi:providers:aws", "primary");
  const parent = resource("task-platform:stores:Postgres", "database", { custom: false });
  const store = {
    ...database,
    dependencies: [],
    deletedWith: cluster.urn,
    parent: parent.urn,
    provider: `${provider.urn}::id`,
  };
  const found = planTakeDown("staging", "retain-data", [provider, parent, network, subnet, cluster, store]);
  // The cluster was made from the network.
  expect(found.kept).toEqual([network, cluster, store]);
  expect(found.deleted).toEqual([subnet]);
});

test("With remove a destroy deletes everything, and says so", () => {
  const bare = { ...database, protect: false };
  const found = planTakeDown("dev", "remove", [network, subnet, bare, cluster]);
  expect([found.deleted.length, found.kept, found.problems]).toEqual([4, [], []]);
  expect(describeTakeDown("dev", "remove", found)).toContain("keeps nothing, backups and data included");
});

test.each([
  ["retain-all", [network], 'removal is "retain-all", so nothing of it may be destroyed'],
  ["remove", [database], 'still protects Instance "database"; deploy the page first: npm run up -- prod'],
  ["retain-data", [{ ...network, protect: true }], 'still protects Vpc "network"'],
  ...[
    { deletionProtection: true },
    { deletionProtection: "ACTIVE" },
    { deletionProtectionEnabled: true },
    { enableDeletionProtection: true },
  ].map(
    (inputs) => ["remove", [{ ...cluster, inputs }], 'AWS would refuse to delete Cluster "cluster"'] as const,
  ),
] as const)("With %s a destroy of %j is refused, with what to do", (removal, resources, problem) => {
  const found = planTakeDown("prod", removal, resources);
  expect(found.problems).toEqual([expect.stringContaining(problem)]);
  expect(describeTakeDown("prod", removal, found)).toContain("refused, nothing was deleted");
});
