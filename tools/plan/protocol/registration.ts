import type aliasproto from "@pulumi/pulumi/proto/alias_pb.js";
import type resproto from "@pulumi/pulumi/proto/resource_pb.js";
import { makeUrn, type PlannedOptions } from "../model/index.ts";

/** Options as the program gave them. Options it left out are inherited from the parent. */
export interface RequestedOptions extends Omit<PlannedOptions, "protect" | "retainOnDelete"> {
  readonly protect: boolean | undefined;
  readonly retainOnDelete: boolean | undefined;
}

/** A resource as the program registers it, before the plan gives it a URN. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** A component whose children are created by a plugin. */
  readonly remote: boolean;
  readonly parent: string;
  /** Version of the SDK package, e.g. "7.48.0". It is part of the name of the default provider. */
  readonly version: string;
  /** Inputs as the SDK sent them, with secrets and unknowns marked. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly options: RequestedOptions;
  /** Package → provider reference, for components. */
  readonly providers: Readonly<Record<string, string>>;
}

/** Project and stack, which are parts of every URN. */
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

/** Reads the request of a registration. */
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
    // A missing flag is inherited from the parent, `false` is not.
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

/** Aliases as URNs without duplicates. Parts that an alias leaves out have their present value. */
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

/** Durations as they were written, e.g. "45m", without those that are not set. */
export function readTimeouts(
  timeouts: resproto.RegisterResourceRequest.CustomTimeouts | undefined,
): Record<string, string> {
  if (timeouts === undefined) return {};
  const all = { create: timeouts.getCreate(), update: timeouts.getUpdate(), delete: timeouts.getDelete() };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

/** The map contains messages or, after `toArray`, arrays. */
function readUrns(dependencies: unknown): string[] {
  if (Array.isArray(dependencies)) return (dependencies[0] ?? []) as string[];
  return (dependencies as resproto.RegisterResourceRequest.PropertyDependencies).getUrnsList();
}
