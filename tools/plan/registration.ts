import type resproto from "@pulumi/pulumi/proto/resource_pb.js";
import type { PlannedOptions } from "./types.ts";

/** What a program asks for, before the plan gives it a URN. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
  /** Inputs as they came over the wire, secrets and unknowns still marked. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly options: PlannedOptions;
  /** Package to provider reference, for components. */
  readonly providers: Readonly<Record<string, string>>;
}

export const noOptions: PlannedOptions = {
  protect: false,
  retainOnDelete: false,
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

export function readRegistration(request: resproto.RegisterResourceRequest): Registration {
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    wire: (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
    options: readOptions(request),
    providers: Object.fromEntries(request.getProvidersMap().toArray()),
  };
}

function readOptions(request: resproto.RegisterResourceRequest): PlannedOptions {
  const timeouts = request.getCustomtimeouts();
  const byProperty = request
    .getPropertydependenciesMap()
    .toArray()
    .map(([property, dependencies]): [string, string[]] => [property, readUrns(dependencies).toSorted()])
    .filter(([, urns]) => urns.length > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    dependencies: request.getDependenciesList().toSorted(),
    propertyDependencies: Object.fromEntries(byProperty),
    provider: request.getProvider(),
    aliases: request.getAliasesList().map((alias) => alias.getUrn() || JSON.stringify(alias.toObject())),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList().toSorted(),
    deletedWith: request.getDeletedwith(),
    customTimeouts: timeouts
      ? dropEmpty({
          create: timeouts.getCreate(),
          update: timeouts.getUpdate(),
          delete: timeouts.getDelete(),
        })
      : {},
  };
}

/** The map holds messages or, after a round trip through `toArray`, their arrays. */
function readUrns(dependencies: unknown): string[] {
  if (Array.isArray(dependencies)) return (dependencies[0] ?? []) as string[];
  return (dependencies as resproto.RegisterResourceRequest.PropertyDependencies).getUrnsList();
}

function dropEmpty(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ""));
}
