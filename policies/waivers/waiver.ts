import { appliesIn, type Context, type Environment, environments, type Violation } from "../kit/index.ts";

/** An exception that is accepted for a time. Two judges read it: the rules of this pack, and Checkov. */
export interface Waiver {
  /** Rules of this pack, such as "bucket-encrypted", and checks of Checkov, such as "CKV_AWS_145". */
  readonly accepts: readonly [string, ...string[]];
  /** Logical names of resources, each in full; "" for the stack as a whole. A pattern would accept what is added later. */
  readonly resources: readonly [string, ...string[]];
  /**
   * Statements of policy documents, by their Sid. A new statement in the same document is then a finding again. Named for
   * every rule about statements; Checkov tells none. @default the whole resource
   */
  readonly statements?: readonly [string, ...string[]];
  readonly environments: "all" | readonly Environment[];
  readonly reason: string;
  /** The role that decides about it. */
  readonly owner: string;
  /** Last day on which it holds, as an ISO date. */
  readonly expires: string;
}

/** A finding of either judge: the id of its rule or check, and the logical name of the resource. */
export interface Found {
  readonly id: string;
  readonly resource: string;
  /** What the judge said. It names the statement of a policy document. */
  readonly message?: string;
}

/** Findings of one environment: those that nobody has accepted, and those that a waiver accepts. */
export interface Verdict<Finding = Violation> {
  readonly violations: readonly Finding[];
  readonly waived: readonly { readonly violation: Finding; readonly found: Found; readonly waiver: Waiver }[];
}

/** The waiver that accepts a finding; a waiver that has expired accepts nothing. */
export function waiverFor(
  { id, resource, message }: Found,
  { environment, today }: Context,
  waivers: readonly Waiver[],
): Waiver | undefined {
  return waivers.find(
    (waiver) =>
      waiver.expires >= today &&
      appliesIn(waiver, environment) &&
      waiver.accepts.includes(id) &&
      waiver.resources.includes(resource) &&
      (waiver.statements === undefined || waiver.statements.includes(statementIn(message))),
  );
}

function statementIn(message = ""): string {
  return /statement "([^"]+)"/.exec(message)?.[1] ?? "";
}

export function applyWaivers<Finding>(
  findings: readonly Finding[],
  identify: (finding: Finding) => Found,
  context: Context,
  waivers: readonly Waiver[],
): Verdict<Finding> {
  const judged = findings.map((violation) => {
    const found = identify(violation);
    return { violation, found, waiver: waiverFor(found, context, waivers) };
  });
  return {
    violations: judged.flatMap(({ violation, waiver }) => (waiver ? [] : [violation])),
    waived: judged.flatMap(({ waiver, ...entry }) => (waiver ? [{ ...entry, waiver }] : [])),
  };
}

/**
 * Parts of waivers that accepted nothing: a rule or check, with a resource, in an environment. Such a part must go.
 *
 * @param judges Whether the judge of the verdicts has this rule or check in this environment.
 */
export function idleParts(
  waivers: readonly Waiver[],
  verdicts: ReadonlyMap<Environment, Verdict<unknown>>,
  judges: (id: string, environment: Environment) => boolean,
): readonly string[] {
  const isUsed = (
    waiver: Waiver,
    id: string,
    { resource, statement }: Part,
    environment: Environment,
  ): boolean =>
    verdicts
      .get(environment)
      ?.waived.some(
        (entry) =>
          entry.waiver === waiver &&
          entry.found.id === id &&
          (resource === undefined || resource === entry.found.resource) &&
          (statement === undefined || statement === statementIn(entry.found.message)),
      ) ?? false;
  return waivers.flatMap((waiver) =>
    environments
      .filter((environment) => appliesIn(waiver, environment))
      .flatMap((environment) =>
        waiver.accepts
          .filter((id) => judges(id, environment))
          .flatMap((id) =>
            partsOf(waiver)
              .filter((part) => !isUsed(waiver, id, part, environment))
              .map(({ what }) => `${id} on ${what} in ${environment}: remove it from the waivers`),
          ),
      ),
  );
}

/** A resource that a waiver names, or a statement that it names in any of its resources. */
interface Part {
  readonly what: string;
  readonly resource?: string;
  readonly statement?: string;
}

function partsOf({ resources, statements }: Waiver): readonly Part[] {
  return [
    ...resources.map((resource) => ({ what: `"${resource}"`, resource })),
    ...(statements ?? []).map((statement) => ({ what: `statement "${statement}"`, statement })),
  ];
}
