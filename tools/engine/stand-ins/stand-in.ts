import { isDeepStrictEqual } from "node:util";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import { resolveOutputs, unknown, unwrap } from "../../plan/index.ts";
import { unary } from "../host/index.ts";
import { autoname } from "./autoname.ts";
import { factsOf } from "./schema.ts";
import { fromStruct, toStruct } from "./values.ts";

/** A call that changes something, in the order of arrival. */
export interface ProviderCall {
  readonly method: "create" | "delete" | "update";
  readonly urn: string;
}

/** What all stand-ins of a stack share. */
export interface World {
  /** Configuration of the stack, `namespace:key` to value. */
  readonly config: Readonly<Record<string, string>>;
  /** Whether missing names are filled as the providers do. */
  readonly autonaming: boolean;
  readonly calls: ProviderCall[];
  /** The message with which a create fails, or undefined. */
  readonly failureOf: (urn: string) => string | undefined;
}

type Properties = Record<string, unknown>;

/** A call with the connection it came by. */
interface Call<Request> {
  readonly request: Request;
  getPeer(): string;
}

interface Resource {
  readonly urn: string;
  readonly id: string;
  /** With secrets marked. */
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/**
 * Stands in for a resource provider: it makes nothing, and its outputs come from the tables of the plan. The engine opens a
 * connection for every provider resource, so the configuration belongs to the connection.
 */
export function standIn(version: string, world: World): Readonly<Record<string, unknown>> {
  const configured = new Map<string, Properties>();
  const configure = answer((call: Call<proto.ConfigureRequest>) => {
    configured.set(call.getPeer(), unwrap(fromStruct(call.request.getArgs())).value as Properties);
    return new proto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
  });
  const resourceOf = (
    call: Call<proto.CreateRequest | proto.UpdateRequest>,
    inputs: Properties,
  ): Resource => {
    const urn = call.request.getUrn();
    const provider = configured.get(call.getPeer());
    const { id, ...outputs } = resolveOutputs(partsOf(urn), {
      urn,
      inputs: unwrap(inputs).value as Properties,
      provider: provider && { inputs: provider },
      config: world.config,
      overrides: {},
    });
    return { urn, id, inputs, outputs };
  };
  return {
    ...protocolMethods(version),
    configure,
    check: unary((request: proto.CheckRequest) => check(request, world)),
    diff: unary(diff),
    create: answer((call: Call<proto.CreateRequest>) =>
      create(call.request, resourceOf(call, fromStruct(call.request.getProperties())), world),
    ),
    read: unary((request: proto.ReadRequest) =>
      new proto.ReadResponse()
        .setId(request.getId())
        .setProperties(request.getProperties())
        .setInputs(request.getInputs()),
    ),
    update: answer((call: Call<proto.UpdateRequest>) =>
      update(call.request, resourceOf(call, fromStruct(call.request.getNews())), world),
    ),
    delete: unary((request: proto.DeleteRequest) => {
      world.calls.push({ method: "delete", urn: request.getUrn() });
      return new emptyProto.Empty();
    }),
  };
}

/** What does not depend on resources. Look-ups are not answered: the program makes none. */
function protocolMethods(version: string): Readonly<Record<string, unknown>> {
  return {
    handshake: unary(() => new proto.ProviderHandshakeResponse().setAcceptSecrets(true)),
    attach: unary(() => new emptyProto.Empty()),
    cancel: unary(() => new emptyProto.Empty()),
    getPluginInfo: unary(() => new pluginProto.PluginInfo().setVersion(version)),
    checkConfig: unary((request: proto.CheckRequest) =>
      new proto.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary(diffConfig),
  };
}

function check(request: proto.CheckRequest, world: World): proto.CheckResponse {
  const urn = request.getUrn();
  const inputs = fromStruct(request.getNews());
  const named = world.autonaming
    ? autoname({ urn, ...partsOf(urn) }, inputs, fromStruct(request.getOlds()))
    : inputs;
  return new proto.CheckResponse().setInputs(toStruct(named));
}

function create(request: proto.CreateRequest, resource: Resource, world: World): proto.CreateResponse {
  const { urn, id, inputs, outputs } = resource;
  const response = new proto.CreateResponse();
  if (request.getPreview()) {
    const made = Object.fromEntries(Object.keys(outputs).map((name) => [name, unknown]));
    return response.setProperties(toStruct({ ...made, ...inputs }));
  }
  const failure = world.failureOf(urn);
  if (failure !== undefined) throw new Error(failure);
  world.calls.push({ method: "create", urn });
  return response.setId(id).setProperties(toStruct({ ...inputs, ...outputs }));
}

function update(request: proto.UpdateRequest, resource: Resource, world: World): proto.UpdateResponse {
  const { urn, inputs, outputs } = resource;
  const response = new proto.UpdateResponse();
  if (request.getPreview())
    return response.setProperties(toStruct({ ...fromStruct(request.getOlds()), ...inputs }));
  world.calls.push({ method: "update", urn });
  return response.setProperties(toStruct({ ...inputs, ...outputs }));
}

function diff(request: proto.DiffRequest): proto.DiffResponse {
  const changed = changedKeys(request);
  const { replacing } = factsOf(partsOf(request.getUrn()).type);
  return diffOf(changed, (key) => replacing.has(key));
}

/**
 * A provider for another region or another cluster cannot keep its resources. The provider for Kubernetes says so also
 * while the address of the cluster is unknown.
 */
function diffConfig(request: proto.DiffRequest): proto.DiffResponse {
  const server = (config: unknown) =>
    typeof config === "string" ? /"server":"[^"]*"/.exec(config)?.[0] : undefined;
  const [old, now] = [request.getOldInputs(), request.getNews()].map(fromStruct);
  const otherCluster = server(old?.kubeconfig) !== server(now?.kubeconfig);
  return diffOf(changedKeys(request), (key) => key === "region" || (key === "kubeconfig" && otherCluster));
}

function changedKeys(request: proto.DiffRequest): readonly string[] {
  const old = fromStruct(request.getOldInputs());
  const now = fromStruct(request.getNews());
  const keys = new Set([...Object.keys(old), ...Object.keys(now)].filter((key) => !internal(key)));
  return [...keys].filter((key) => !isDeepStrictEqual(old[key], now[key])).toSorted();
}

/** The engine puts inputs of its own into the state of providers. */
function internal(key: string): boolean {
  return key.startsWith("__") || key === "version";
}

function diffOf(changed: readonly string[], replaces: (key: string) => boolean): proto.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  return new proto.DiffResponse()
    .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList([...changed])
    .setReplacesList(changed.filter(replaces));
}

/** Type and name of a resource. A name may contain "::". */
function partsOf(urn: string): { readonly type: string; readonly name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

/** As `unary`, with the connection. */
function answer<Request, Response>(respond: (call: Call<Request>) => Response) {
  return (call: Call<Request>, done: (error: Error | null, response?: Response) => void): void =>
    unary(() => respond(call))(call, done);
}
