import type aliasproto from "@pulumi/pulumi/proto/alias_pb.js";
import type resproto from "@pulumi/pulumi/proto/resource_pb.js";
import { makeUrn, type PlannedOptions } from "../model/index.ts";

/** Options as a program asks for them; what it left open is inherited from the parent. */
export interface RequestedOptions extends Omit<PlannedOptions, "protect" | "retainOnDelete"> {
  readonly protect: boolean | undefined;
  readonly retainOnDelete: boolean | undefined;
}

/** What a program asks for, before the plan gives it a URN. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** A component whose children a plugin makes. */
  readonly remote: boolean;
  readonly parent: string;
  /** Of the SDK package, e.g. "7.48.0"; names the default provider. */
  readonly version: string;
  /** Inputs as they came over the wire, secrets and unknowns still marked. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly options: RequestedOptions;
  /** Package to provider reference, for components. */
  readonly providers: Readonly<Record<string, string>>;
}

/** Where URNs are made. */
export interface Names {
  readonly project: string;
  readonly stack: string;
}

export const noOptions: RequestedOptions = {
  protect: undefined,
  retainOnDelete: undefined,
  deleteBeforeReplace: false,
  dependencies: [],
  propertyDependencies: {},
  provider: "",
  aliases: [],
  ignoreChanges: [],
  replaceOnChanges: [],
  additionalSecretOutputs: [],
  deletedWith: "",
  customTimeouts: {},
};

/** Takes a request apart. */
export function readRegistration(request: resproto.RegisterResourceRequest, names: Names): Registration {
  const self = { type: request.getType(), name: request.getName(), parent: request.getParent() };
  return {
    ...self,
    custom: request.getCustom(),
    remote: request.getRemote(),
    version: request.getVersion(),
    wire: (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
    options: readOptions(request, self, names),
    providers: Object.fromEntries(request.getProvidersMap().toArray()),
  };
}

type Self = Pick<Registration, "type" | "name" | "parent">;

function readOptions(request: resproto.RegisterResourceRequest, self: Self, names: Names): RequestedOptions {
  const byProperty = request
    .getPropertydependenciesMap()
    .toArray()
    .map(([property, dependencies]): [string, string[]] => [property, readUrns(dependencies).toSorted()])
    .filter(([, urns]) => urns.length > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    // An absent flag and `false` differ: only the absent one is inherited.
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    dependencies: request.getDependenciesList().toSorted(),
    propertyDependencies: Object.fromEntries(byProperty),
    provider: request.getProvider(),
    aliases: readAliases(request.getAliasesList(), self, names),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList().toSorted(),
    deletedWith: request.getDeletedwith(),
    customTimeouts: readTimeouts(request.getCustomtimeouts()),
  };
}

/** Aliases as URNs, each once: what an alias leaves out is as it is now. */
export function readAliases(aliases: readonly aliasproto.Alias[], self: Self, names: Names): string[] {
  const urns = aliases.map((alias) => {
    const spec = alias.getSpec();
    if (alias.hasUrn() || spec === undefined) return alias.getUrn();
    const parent = spec.getNoparent() ? "" : spec.getParenturn() || self.parent;
    return makeUrn(
      spec.getStack() || names.stack,
      spec.getProject() || names.project,
      parent,
      spec.getType() || self.type,
      spec.getName() || self.name,
    );
  });
  return [...new Set(urns)];
}

/** Durations as they were written, e.g. "45m"; what is not set is left out. */
export function readTimeouts(
  timeouts: resproto.RegisterResourceRequest.CustomTimeouts | undefined,
): Record<string, string> {
  if (timeouts === undefined) return {};
  const all = { create: timeouts.getCreate(), update: timeouts.getUpdate(), delete: timeouts.getDelete() };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

/** The map holds messages or, after a round trip through `toArray`, their arrays. */
function readUrns(dependencies: unknown): string[] {
  if (Array.isArray(dependencies)) return (dependencies[0] ?? []) as string[];
  return (dependencies as resproto.RegisterResourceRequest.PropertyDependencies).getUrnsList();
}
