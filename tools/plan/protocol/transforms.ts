import { Client, credentials } from "@grpc/grpc-js";
import aliasproto from "@pulumi/pulumi/proto/alias_pb.js";
import callbackproto from "@pulumi/pulumi/proto/callback_pb.js";
import resproto from "@pulumi/pulumi/proto/resource_pb.js";
import structproto from "google-protobuf/google/protobuf/struct_pb.js";
import {
  type Names,
  type Registration,
  type RequestedOptions,
  readAliases,
  readTimeouts,
} from "./registration.ts";

/** A function of the program. The engine calls it by the address and the token of its registration. */
export interface Transform {
  readonly target: string;
  readonly token: string;
}

/**
 * Calls the transforms of a program, in this process or in a child of the runner. In both cases it uses the server of the
 * SDK on the loopback address, because only such a call contains options, secrets and unknowns as a call of the engine does.
 */
export class TransformCaller {
  readonly #names: Names;
  readonly #clients = new Map<string, Client>();

  constructor(names: Names) {
    this.#names = names;
  }

  /** Runs transforms in the order of the engine: those of the resource, of its ancestors, of the stack. */
  async apply(registration: Registration, transforms: readonly Transform[]): Promise<Registration> {
    let current = registration;
    for (const transform of transforms) current = await this.#applyOne(current, transform);
    return current;
  }

  /** Closes the connections, which would keep the process alive. */
  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  async #applyOne(registration: Registration, transform: Transform): Promise<Registration> {
    const bytes = await this.#invoke(transform, transformRequest(registration).serializeBinary());
    const response = resproto.TransformResponse.deserializeBinary(bytes);
    const options = response.getOptions();
    return {
      ...registration,
      wire: (response.getProperties()?.toJavaScript() ?? {}) as Record<string, unknown>,
      options: options ? readTransformed(registration, options, this.#names) : registration.options,
    };
  }

  #invoke(transform: Transform, bytes: Uint8Array): Promise<Uint8Array> {
    const request = new callbackproto.CallbackInvokeRequest();
    request.setToken(transform.token);
    request.setRequest(bytes);
    return new Promise((resolve, reject) => {
      this.#client(transform.target).makeUnaryRequest(
        "/pulumirpc.Callbacks/Invoke",
        (message: callbackproto.CallbackInvokeRequest) => Buffer.from(message.serializeBinary()),
        (buffer) => callbackproto.CallbackInvokeResponse.deserializeBinary(buffer),
        request,
        (error, response) =>
          response ? resolve(response.getResponse_asU8()) : reject(new Error(error?.details ?? "no answer")),
      );
    });
  }

  #client(target: string): Client {
    const existing = this.#clients.get(target);
    if (existing) return existing;
    const client = new Client(target, credentials.createInsecure());
    this.#clients.set(target, client);
    return client;
  }
}

function transformRequest(registration: Registration): resproto.TransformRequest {
  const request = new resproto.TransformRequest();
  request.setType(registration.type);
  request.setName(registration.name);
  request.setCustom(registration.custom);
  request.setParent(registration.parent);
  request.setProperties(
    structproto.Struct.fromJavaScript(
      registration.wire as Parameters<typeof structproto.Struct.fromJavaScript>[0],
    ),
  );
  request.setOptions(transformOptions(registration));
  return request;
}

function transformOptions({ options, providers }: Registration): resproto.TransformResourceOptions {
  const message = new resproto.TransformResourceOptions();
  if (options.protect !== undefined) message.setProtect(options.protect);
  if (options.retainOnDelete !== undefined) message.setRetainOnDelete(options.retainOnDelete);
  message.setDeleteBeforeReplace(options.deleteBeforeReplace);
  message.setDependsOnList([...options.dependencies]);
  message.setProvider(options.provider);
  message.setIgnoreChangesList([...options.ignoreChanges]);
  message.setReplaceOnChangesList([...options.replaceOnChanges]);
  message.setAdditionalSecretOutputsList([...options.additionalSecretOutputs]);
  message.setDeletedWith(options.deletedWith);
  message.setAliasesList(
    options.aliases.map((urn) => {
      const alias = new aliasproto.Alias();
      alias.setUrn(urn);
      return alias;
    }),
  );
  const timeouts = new resproto.RegisterResourceRequest.CustomTimeouts();
  timeouts.setCreate(options.customTimeouts.create ?? "");
  timeouts.setUpdate(options.customTimeouts.update ?? "");
  timeouts.setDelete(options.customTimeouts.delete ?? "");
  message.setCustomTimeouts(timeouts);
  for (const [name, provider] of Object.entries(providers)) message.getProvidersMap().set(name, provider);
  return message;
}

/** The answer of a transform contains all options, not only the changed ones. */
function readTransformed(
  registration: Registration,
  options: resproto.TransformResourceOptions,
  names: Names,
): RequestedOptions {
  return {
    // The message does not contain them, and the engine keeps them.
    propertyDependencies: registration.options.propertyDependencies,
    protect: options.hasProtect() ? options.getProtect() : undefined,
    retainOnDelete: options.hasRetainOnDelete() ? options.getRetainOnDelete() : undefined,
    deleteBeforeReplace: options.getDeleteBeforeReplace() ?? false,
    dependencies: options.getDependsOnList().toSorted(),
    provider: options.getProvider(),
    aliases: readAliases(options.getAliasesList(), registration, names),
    ignoreChanges: options.getIgnoreChangesList(),
    replaceOnChanges: options.getReplaceOnChangesList(),
    additionalSecretOutputs: options.getAdditionalSecretOutputsList().toSorted(),
    deletedWith: options.getDeletedWith(),
    customTimeouts: readTimeouts(options.getCustomTimeouts()),
  };
}
