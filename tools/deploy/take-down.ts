import type { Removal } from "../../components/base/core/index.ts";

/** A resource of the state, as `pulumi stack export` writes it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly parent?: string;
  /** `urn::id` of the provider. */
  readonly provider?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  readonly dependencies?: readonly string[] | null;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>> | null;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** What a destroy would do. */
export interface TakeDown {
  readonly deleted: readonly StateResource[];
  readonly kept: readonly StateResource[];
  /** Why it must not begin; each says what to do. */
  readonly problems: readonly string[];
}

/**
 * Decides from the state and the spec what a destroy deletes. With `retain-data` it keeps what is protected and everything
 * that this was made from: a database without its subnets cannot stay. Both stay in the state, so that the next `up` builds
 * the rest around them.
 */
export function planTakeDown(
  environment: string,
  removal: Removal,
  resources: readonly StateResource[],
): TakeDown {
  const all = resources.filter(({ custom, type }) => custom === true && !type.startsWith("pulumi:"));
  const isProtected = resources.filter(({ protect }) => protect === true);
  const staying = closureOf(isProtected, resources);
  const kept = all.filter(({ urn }) => staying.has(urn));
  const deleted = all.filter(({ urn }) => !staying.has(urn));
  return {
    deleted,
    kept,
    problems: [
      ...protectionProblems(environment, removal, isProtected),
      ...(removal === "retain-all" ? [] : serviceProblems(environment, deleted)),
    ],
  };
}

/** The resources and all that they were made from, by URN. The CLI keeps the same with `--exclude-protected`. */
function closureOf(from: readonly StateResource[], resources: readonly StateResource[]): ReadonlySet<string> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const found = new Set<string>();
  const left = from.map(({ urn }) => urn);
  for (let urn = left.pop(); urn !== undefined; urn = left.pop()) {
    const resource = byUrn.get(urn);
    if (!resource || found.has(urn)) continue;
    found.add(urn);
    left.push(...sourcesOf(resource));
  }
  return found;
}

function sourcesOf(resource: StateResource): readonly string[] {
  const { parent, provider = "", deletedWith, dependencies, propertyDependencies } = resource;
  return [
    ...(dependencies ?? []),
    ...Object.values(propertyDependencies ?? {}).flatMap((urns) => urns ?? []),
    ...[parent, deletedWith, provider.slice(0, Math.max(0, provider.lastIndexOf("::")))].filter(
      (urn) => urn !== undefined && urn !== "",
    ),
  ] as string[];
}

function protectionProblems(
  environment: string,
  removal: Removal,
  isProtected: readonly StateResource[],
): readonly string[] {
  const page = `stacks/${environment}.ts`;
  if (removal === "retain-all") {
    return [
      `${page}: removal is "retain-all", so nothing of it may be destroyed (${isProtected.length} resources are protected); ` +
        `to go on, set removal to "retain-data" or "remove", have it reviewed, and run: npm run up -- ${environment}`,
    ];
  }
  // What is protected and not retained is no data store: network, cluster or load balancer.
  const wrong = isProtected.filter(({ retainOnDelete }) => removal === "remove" || retainOnDelete !== true);
  if (wrong.length === 0) return [];
  return [
    `${page}: removal is "${removal}", but the last deploy still protects ${listOf(wrong)}; ` +
      `deploy the page first: npm run up -- ${environment}`,
  ];
}

/** Inputs by which the service itself refuses a deletion. Cognito writes "ACTIVE" for true. */
const switches = ["deletionProtection", "deletionProtectionEnabled", "enableDeletionProtection"];

function serviceProblems(environment: string, deleted: readonly StateResource[]): readonly string[] {
  const refused = deleted.filter(({ inputs = {} }) =>
    switches.some((key) => inputs[key] === true || inputs[key] === "ACTIVE"),
  );
  if (refused.length === 0) return [];
  return [
    `AWS would refuse to delete ${listOf(refused)}, and the destroy would stop half-way; ` +
      `turn deletion protection off in stacks/${environment}.ts and run: npm run up -- ${environment}`,
  ];
}

/** Most resources that one line names. */
const mostNamed = 5;

function listOf(resources: readonly StateResource[]): string {
  const names = resources.slice(0, mostNamed).map(label);
  const more = resources.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

function label({ urn, type }: StateResource): string {
  return `${type.split(":").at(-1) ?? type} "${urn.split("::").slice(3).join("::")}"`;
}

/** What a person reads before they confirm. */
export function describeTakeDown(environment: string, removal: Removal, found: TakeDown): string {
  const { deleted, kept, problems } = found;
  const title = `destroy of ${environment} (removal "${removal}" in stacks/${environment}.ts):`;
  if (problems.length > 0) {
    return [`${title} refused, nothing was deleted.`, ...problems.map((problem) => `  - ${problem}`)].join(
      "\n",
    );
  }
  return [
    title,
    `  deletes ${deleted.length} resources:`,
    ...countsOf(deleted),
    ...(kept.length === 0
      ? ["  keeps nothing, backups and data included"]
      : [
          `  keeps ${kept.length} resources, in the account and in the state: the data stores and what they stand on:`,
          ...countsOf(kept),
        ]),
    ...(deleted.some(({ type }) => type === "aws:kms/key:Key")
      ? [
          "  KMS deletes keys after the days of keyDeletionDays; until then `aws kms cancel-key-deletion` saves one",
        ]
      : []),
  ].join("\n");
}

function countsOf(resources: readonly StateResource[]): readonly string[] {
  const counts = Map.groupBy(resources, ({ type }) => type.split(/[:/]/).slice(0, 2).join(":"));
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, found]) => `    ${service.padEnd(28)} ${found.length}`);
}
