import type { Plan, PlannedResource } from "../plan/index.ts";
import { absent, code, markdownDocument, table } from "./markdown.ts";
import { type Shared, sharedResources, shortType } from "./names.ts";

/** Types that store data. They are listed even when nothing protects them. */
const stores: ReadonlySet<string> = new Set([
  "aws:amp/workspace:Workspace",
  "aws:backup/vault:Vault",
  "aws:cognito/userPool:UserPool",
  "aws:dynamodb/table:Table",
  "aws:ecr/repository:Repository",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:kms/key:Key",
  "aws:msk/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
]);

/** Inputs that prevent a removal → the words for them. */
const switches: Readonly<Record<string, string>> = {
  deletionProtection: "deletion protection",
  deletionProtectionEnabled: "deletion protection",
  enableDeletionProtection: "deletion protection",
};

/** Inputs with a number of days in which a removal can be undone or data is kept → the words around the number. */
const periods: Readonly<Record<string, (days: unknown) => string>> = {
  backupRetentionPeriod: (days) => `backups ${String(days)} d`,
  snapshotRetentionLimit: (days) => `snapshots ${String(days)} d`,
  deletionWindowInDays: (days) => `${String(days)} d to undo`,
  recoveryWindowInDays: (days) => `${String(days)} d to undo`,
  retentionInDays: (days) => `kept ${String(days)} d`,
  retentionPeriodInDays: (days) => `kept ${String(days)} d`,
};

/** What protects a resource or its data from removal, in the order in which it takes effect. */
function protectionsOf({ options, inputs }: PlannedResource): readonly string[] {
  return [
    ...(options.protect ? ["protect"] : []),
    ...(options.retainOnDelete ? ["retain"] : []),
    ...Object.entries(switches).flatMap(([input, words]) => (isOn(inputs[input]) ? [words] : [])),
    ...(inputs.objectLockEnabled === true ? ["object lock"] : []),
    ...(hasFinalSnapshot(inputs) ? ["final snapshot"] : []),
    ...Object.entries(periods).flatMap(([input, words]) =>
      inputs[input] === undefined || inputs[input] === 0 ? [] : [words(inputs[input])],
    ),
    ...(inputs.forceDestroy === true || inputs.forceDelete === true ? ["**emptied when removed**"] : []),
  ];
}

/** Cognito uses "ACTIVE" instead of true. */
function isOn(value: unknown): boolean {
  return value === true || value === "ACTIVE";
}

function hasFinalSnapshot(inputs: Readonly<Record<string, unknown>>): boolean {
  return typeof inputs.finalSnapshotIdentifier === "string" && inputs.skipFinalSnapshot !== true;
}

/** The document about protections, ignored changes, time-outs and replacements. */
export function protectionDocument(plans: readonly Plan[]): string {
  const environments = plans.map(({ stack }) => stack);
  const shared = sharedResources(plans);
  const head = ["Resource", "Name", ...environments];
  const rows = (
    wanted: (entry: Shared) => boolean,
    cell: (resource: PlannedResource) => string,
  ): readonly (readonly string[])[] =>
    shared.filter(wanted).map((entry) => [
      shortType(entry.type),
      code(entry.name),
      ...environments.map((name) => {
        const resource = entry.in.get(name);
        return resource ? cell(resource) : absent;
      }),
    ]);
  const some = (entry: Shared, has: (resource: PlannedResource) => boolean): boolean =>
    [...entry.in.values()].some(has);
  return markdownDocument("Protection of resources", introduction, [
    "## What a removal meets",
    table(
      head,
      rows(
        (entry) => stores.has(entry.type) || some(entry, (resource) => protectionsOf(resource).length > 0),
        (resource) => protectionsOf(resource).join(", ") || "none",
      ),
    ),
    "## Changes that are ignored",
    "Something else owns these values after the resource is made; a preview shows no difference in them.",
    table(
      head,
      rows(
        (entry) => some(entry, ({ options }) => options.ignoreChanges.length > 0),
        ({ options }) => options.ignoreChanges.map(code).join(", ") || "none",
      ),
    ),
    "## Time-outs",
    "Given where AWS may take longer than the provider waits by itself.",
    table(
      head,
      rows(
        (entry) => some(entry, ({ options }) => Object.keys(options.customTimeouts).length > 0),
        ({ options }) =>
          Object.entries(options.customTimeouts)
            .map(([operation, duration]) => `${operation} ${duration}`)
            .join(", ") || "default",
      ),
    ),
    "## Removed before it is replaced",
    replacements(rows, head, some),
  ]);
}

const introduction = [
  "`protect`: Pulumi refuses to remove it. `retain`: removed from the state, left in AWS. The other words are settings of " +
    `the service itself. \`none\`: nothing stops a removal. \`${absent}\`: the environment has no such resource.`,
];

function replacements(
  rows: (
    wanted: (entry: Shared) => boolean,
    cell: (resource: PlannedResource) => string,
  ) => readonly (readonly string[])[],
  head: readonly string[],
  some: (entry: Shared, has: (resource: PlannedResource) => boolean) => boolean,
): string {
  const found = rows(
    (entry) => some(entry, ({ options }) => options.deleteBeforeReplace),
    ({ options }) => (options.deleteBeforeReplace ? "removed first" : "made first"),
  );
  const rule = "Every other resource is made anew before the old one goes, so nothing is missing in between.";
  return found.length === 0 ? `None. ${rule}` : `${rule}\n\n${table(head, found)}`;
}
