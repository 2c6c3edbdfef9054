import providerproto from "@pulumi/pulumi/proto/provider_pb.js";
import resproto from "@pulumi/pulumi/proto/resource_pb.js";
import emptyproto from "google-protobuf/google/protobuf/empty_pb.js";
import structproto from "google-protobuf/google/protobuf/struct_pb.js";
import { findProblems, type GraphOptions, PlanGraph, type Recorded } from "../graph/index.ts";
import type { PlannedResource } from "../model/index.ts";
import { readRegistration, type Transform, unwrap } from "../protocol/index.ts";
import { answerState, dependenciesOfOutputs } from "./answer.ts";

type Callback<T> = (error: Error | null, response: T) => void;

interface TransformCallback {
  getTarget(): string;
  getToken(): string;
}

/** The call by which the SDK resolves a reference. Look-ups of a program use other calls. */
const getResource = "pulumi:pulumi:getResource";

const features = resproto.ResourceMonitorFeature;

/** The feature "output values" is left out, because it would wrap values inside inputs. */
const supported = [
  features.RESOURCE_MONITOR_FEATURE_SECRETS,
  features.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
  features.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  features.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
  features.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
  features.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
];

/**
 * Replaces the resource monitor of the engine: it accepts registrations, answers with outputs and records everything.
 * The SDK calls it as an object in this process. The boot test serves the same object over gRPC.
 */
export class PlanMonitor {
  readonly #options: GraphOptions;
  readonly #graph: PlanGraph;
  readonly #outputNames = new Map<string, readonly string[]>();
  #stackOutputs: unknown = {};

  constructor(options: GraphOptions) {
    this.#options = options;
    this.#graph = new PlanGraph(options);
  }

  /** Outputs of the stack, with secrets marked. */
  get stackOutputs(): unknown {
    return this.#stackOutputs;
  }

  /** Records the names of all outputs of a class, which only the SDK knows. */
  learnOutputs(type: string, name: string, outputs: readonly string[]): void {
    this.#outputNames.set(`${type}::${name}`, outputs);
  }

  /** All registered resources, sorted. @throws Error with all problems at once. */
  finish(): readonly PlannedResource[] {
    const resources = this.#graph.sorted();
    const problems = [
      ...this.#graph.problems,
      ...findProblems(resources, {
        stackUrn: this.#graph.stackUrn,
        mode: this.#options.mode,
        config: this.#options.config,
        unknownStackOutputs: unwrap(this.#stackOutputs).unknowns,
      }),
    ];
    if (problems.length === 0) return resources;
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    throw new Error(`the plan of ${this.#options.stack} has ${count}:\n  - ${problems.join("\n  - ")}`);
  }

  registerResource(
    request: resproto.RegisterResourceRequest,
    callback: Callback<resproto.RegisterResourceResponse>,
  ): void {
    this.#register(request).then(
      (response) => callback(null, response),
      (error: unknown) => {
        // Reported at the end, because a rejected registration would become an unhandled rejection somewhere else.
        const text = error instanceof Error ? error.message : String(error);
        this.#graph.report(`${request.getType()} "${request.getName()}": ${text}`);
        callback(null, new resproto.RegisterResourceResponse());
      },
    );
  }

  async #register(request: resproto.RegisterResourceRequest): Promise<resproto.RegisterResourceResponse> {
    const read = readRegistration(request, this.#options);
    const recorded = await this.#graph.register(read, request.getTransformsList().map(toTransform));
    const response = new resproto.RegisterResourceResponse();
    response.setUrn(recorded.resource.urn);
    response.setId(recorded.resource.id);
    response.setObject(this.#stateOf(recorded, []));
    for (const [output, urns] of Object.entries(
      dependenciesOfOutputs(recorded.resource, () => this.#graph.sorted()),
    )) {
      const dependencies = new resproto.RegisterResourceResponse.PropertyDependencies();
      response.getPropertydependenciesMap().set(output, dependencies.setUrnsList([...urns]));
    }
    // Without this mark the SDK reads a missing output as a known `undefined`.
    response.setUnknown(true);
    return response;
  }

  #stateOf({ resource, wire }: Recorded, outputNames: readonly string[]): ReturnType<typeof answerState> {
    // The engine asks no provider whose configuration is unknown, and then not even the inputs come back.
    if (this.#graph.hasUnknownProvider(resource)) return new structproto.Struct();
    return answerState(resource, {
      mode: this.#options.mode,
      wire,
      outputNames,
      resources: () => this.#graph.sorted(),
    });
  }

  registerResourceOutputs(
    request: resproto.RegisterResourceOutputsRequest,
    callback: Callback<emptyproto.Empty>,
  ): void {
    if (request.getUrn() === this.#graph.stackUrn)
      this.#stackOutputs = request.getOutputs()?.toJavaScript() ?? {};
    callback(null, new emptyproto.Empty());
  }

  readResource(
    request: resproto.ReadResourceRequest,
    callback: Callback<resproto.ReadResourceResponse>,
  ): void {
    this.#graph.report(
      `${request.getType()}.get("${request.getName()}"): the program may not read what it does not own`,
    );
    callback(null, new resproto.ReadResourceResponse());
  }

  invoke(request: resproto.ResourceInvokeRequest, callback: Callback<resproto.ResourceInvokeResponse>): void {
    const response = new resproto.ResourceInvokeResponse();
    response.setReturn(this.#answerInvoke(request));
    callback(null, response);
  }

  /** Answers the calls by which the SDK resolves references. A look-up of the program is reported as a problem. */
  #answerInvoke(request: resproto.ResourceInvokeRequest): ReturnType<typeof answerState> {
    const answer = new structproto.Struct();
    const urn = request.getArgs()?.getFieldsMap().get("urn")?.getStringValue() ?? "";
    const found = request.getTok() === getResource ? this.#graph.find(urn) : undefined;
    if (found === undefined) {
      this.#graph.report(
        `call of ${request.getTok()}: the plan makes no look-ups; pass the value as an argument`,
      );
      return answer;
    }
    const fields = answer.getFieldsMap();
    fields.set("urn", structproto.Value.fromJavaScript(urn));
    fields.set("id", structproto.Value.fromJavaScript(found.resource.id));
    const state = new structproto.Value();
    state.setStructValue(this.#stateOf(found, this.#outputsToFill(found.resource)));
    fields.set("state", state);
    return answer;
  }

  /** The answer to this call cannot mark missing outputs as unknown, so it contains every output of the class. */
  #outputsToFill({ type, name }: PlannedResource): readonly string[] {
    return this.#options.mode === "preview" ? [] : (this.#outputNames.get(`${type}::${name}`) ?? []);
  }

  call(request: resproto.ResourceCallRequest, callback: Callback<providerproto.CallResponse>): void {
    this.#graph.report(`method ${request.getTok()}: methods of remote components are not planned`);
    callback(null, new providerproto.CallResponse());
  }

  registerStackTransform(request: TransformCallback, callback: Callback<emptyproto.Empty>): void {
    this.#graph.addStackTransform(toTransform(request));
    callback(null, new emptyproto.Empty());
  }

  registerPackage(_request: unknown, callback: Callback<resproto.RegisterPackageResponse>): void {
    const response = new resproto.RegisterPackageResponse();
    response.setRef("planned");
    callback(null, response);
  }

  getDeploymentInfo(_request: unknown, callback: Callback<resproto.DeploymentInfo>): void {
    const info = new resproto.DeploymentInfo();
    info.setSupportedfeaturesList(supported);
    callback(null, info);
  }

  signalAndWaitForShutdown(_request: unknown, callback: Callback<emptyproto.Empty>): void {
    callback(null, new emptyproto.Empty());
  }

  /** The SDK calls it at the end of the program. */
  close(): void {
    this.#graph.close();
  }
}

function toTransform(callback: TransformCallback): Transform {
  return { target: callback.getTarget(), token: callback.getToken() };
}
