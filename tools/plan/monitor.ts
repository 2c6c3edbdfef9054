import { createHash } from "node:crypto";

import resproto from "@pulumi/pulumi/proto/resource_pb.js";
import structproto from "google-protobuf/google/protobuf/struct_pb.js";
import { clusterChildren, clusterOutputs } from "./eks-cluster.ts";
import { answerInvoke } from "./invokes.ts";
import {
  genericId,
  genericOutputs,
  type OutputContext,
  type OutputOverrides,
  outputTable,
} from "./outputs/index.ts";
import { findProblems } from "./problems.ts";
import { type Registration, readRegistration } from "./registration.ts";
import { applyTransforms, type Transform } from "./transforms.ts";
import type { PlanMode, PlannedResource } from "./types.ts";
import { makeUrn } from "./urn.ts";
import { secret, unknown, unwrap } from "./values.ts";

interface MonitorOptions {
  readonly project: string;
  readonly stack: string;
  readonly mode: PlanMode;
  readonly overrides: OutputOverrides;
  readonly config: Readonly<Record<string, string>>;
}

type Callback<T> = (error: Error | null, response: T) => void;
type Struct = ReturnType<typeof structproto.Struct.fromJavaScript>;

const features = resproto.ResourceMonitorFeature;

/** Stands where the engine's resource monitor would: takes registrations, answers with outputs, keeps everything. */
export class PlanMonitor {
  readonly #options: MonitorOptions;
  readonly #resources = new Map<string, PlannedResource>();
  readonly #problems: string[] = [];
  readonly #outputNames = new Map<string, readonly string[]>();
  readonly #callbacks = new Map<string, Transform>();
  readonly #transformsOf = new Map<string, readonly Transform[]>();
  readonly #stackTransforms: Transform[] = [];
  stackOutputs: unknown = {};
  #stackUrn = "";

  constructor(options: MonitorOptions) {
    this.#options = options;
  }

  /** The SDK knows every output of a class by name; a table that is silent about one must not pass for "undefined". */
  learnOutputs(type: string, name: string, outputs: readonly string[]): void {
    this.#outputNames.set(`${type}::${name}`, outputs);
  }

  recordTransformCallback = (token: string, transform: Transform): void =>
    void this.#callbacks.set(token, transform);

  /** Everything registered, sorted; throws all problems at once. */
  finish(): readonly PlannedResource[] {
    const resources = [...this.#resources.values()].toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
    const problems = [
      ...this.#problems,
      ...findProblems(
        resources,
        this.#stackUrn,
        this.#options.mode,
        this.#options.config,
        unwrap(this.stackOutputs).unknowns,
      ),
    ];
    if (problems.length > 0) {
      throw new Error(
        `the plan of ${this.#options.stack} has ${problems.length} problem(s):\n  - ${problems.join("\n  - ")}`,
      );
    }
    return resources;
  }

  registerResource(
    request: resproto.RegisterResourceRequest,
    callback: Callback<resproto.RegisterResourceResponse>,
  ): void {
    this.#register(request).then(
      (response) => callback(null, response),
      (error: unknown) => {
        // Kept and told at the end: a rejected registration would surface as an unhandled rejection somewhere else.
        this.#problems.push(`${request.getType()} "${request.getName()}": ${String(error)}`);
        callback(null, new resproto.RegisterResourceResponse());
      },
    );
  }

  async #register(request: resproto.RegisterResourceRequest): Promise<resproto.RegisterResourceResponse> {
    const own = request.getTransformsList().flatMap((cb) => this.#callbacks.get(cb.getToken()) ?? []);
    const read = readRegistration(request);
    const chain = [...own, ...this.#inheritedTransforms(read.parent), ...this.#stackTransforms];
    const registration = await applyTransforms(read, chain);
    const urn = this.#record(registration);
    this.#transformsOf.set(urn, own);
    if (registration.type === "pulumi:pulumi:Stack") this.#stackUrn = urn;
    if (registration.type === "eks:index:Cluster") await this.#expandCluster(urn, registration);
    return this.#answer(urn, registration);
  }

  #inheritedTransforms(parent: string): readonly Transform[] {
    const transforms: Transform[] = [];
    for (let urn = parent; urn !== ""; urn = this.#resources.get(urn)?.parent ?? "") {
      transforms.push(...(this.#transformsOf.get(urn) ?? []));
    }
    return transforms;
  }

  #record(registration: Registration): string {
    const { project, stack } = this.#options;
    const urn = makeUrn(stack, project, registration.parent, registration.type, registration.name);
    if (this.#resources.has(urn)) {
      this.#problems.push(`two resources have the URN ${urn}: give one of them another name`);
      return urn;
    }
    const parent = this.#resources.get(registration.parent);
    const { value, secrets, unknowns } = unwrap(registration.wire);
    const inputs = value as Record<string, unknown>;
    const hash = createHash("sha256").update(urn).digest("hex").slice(0, 8);
    const id =
      registration.custom && this.#options.mode === "resolved"
        ? genericId(registration.type, registration.name, hash, inputs)
        : "";
    const outputs = this.#outputsOf(registration, inputs, id, hash);
    const options = {
      ...registration.options,
      // The engine hands these down to children, not only the SDK.
      protect: registration.options.protect || (parent?.options.protect ?? false),
      retainOnDelete: registration.options.retainOnDelete || (parent?.options.retainOnDelete ?? false),
    };
    this.#resources.set(urn, {
      urn,
      type: registration.type,
      name: registration.name,
      custom: registration.custom,
      parent: registration.parent,
      inputs,
      secretInputs: secrets,
      unknownInputs: unknowns,
      id: typeof outputs.id === "string" ? outputs.id : id,
      outputs,
      options,
    });
    return urn;
  }

  #outputsOf(
    registration: Registration,
    inputs: Record<string, unknown>,
    id: string,
    hash: string,
  ): Record<string, unknown> {
    if (this.#options.mode === "preview" || !registration.custom) return {};
    const { region, accountId } = this.#place(registration, inputs);
    const context: OutputContext = {
      type: registration.type,
      name: registration.name,
      id,
      inputs,
      accountId,
      region,
      hash,
      arn: (service, resource, elsewhere) =>
        `arn:aws:${service}:${elsewhere ?? region}:${accountId}:${resource}`,
    };
    const { overrides } = this.#options;
    return {
      ...genericOutputs(context),
      ...outputTable[registration.type]?.(context),
      ...overrides[registration.type],
      ...overrides[`${registration.type}::${registration.name}`],
    };
  }

  #place(registration: Registration, inputs: Record<string, unknown>): { region: string; accountId: string } {
    const provider = this.#resources.get(registration.options.provider.split("::").slice(0, 4).join("::"));
    const accounts = provider?.inputs.allowedAccountIds;
    const list =
      typeof accounts === "string" ? (JSON.parse(accounts) as string[]) : (accounts as string[] | undefined);
    const region = inputs.region ?? provider?.inputs.region;
    return {
      region: typeof region === "string" ? region : "us-east-1",
      accountId: list?.[0] ?? "111111111111",
    };
  }

  async #expandCluster(urn: string, registration: Registration): Promise<void> {
    for (const child of clusterChildren(
      urn,
      registration,
      unwrap(registration.wire).value as Record<string, unknown>,
      this.#options,
    )) {
      const transforms = [...this.#inheritedTransforms(child.parent), ...this.#stackTransforms];
      this.#record(await applyTransforms(child, transforms));
    }
  }

  #answer(urn: string, registration: Registration): resproto.RegisterResourceResponse {
    const response = new resproto.RegisterResourceResponse();
    const resource = this.#resources.get(urn);
    response.setUrn(urn);
    response.setId(resource?.id ?? "");
    response.setObject(this.#state(registration, resource));
    return response;
  }

  /** Inputs as they came (secrets still wrapped) and what tables add; in resolved mode the rest is loudly unknown. */
  #state(registration: Registration, resource: PlannedResource | undefined): Struct {
    const known: Record<string, unknown> = { ...registration.wire, ...resource?.outputs };
    if (registration.type === "eks:index:Cluster" && resource) {
      Object.assign(known, clusterOutputs(resource, [...this.#resources.values()], this.#options.mode));
    }
    delete known.id;
    if (this.#options.mode === "resolved" && registration.custom) {
      for (const name of this.#outputNames.get(`${registration.type}::${registration.name}`) ?? []) {
        if (!(name in known)) known[name] = unknown;
      }
    }
    for (const name of registration.options.additionalSecretOutputs) {
      if (name in known) known[name] = secret(known[name]);
    }
    return structproto.Struct.fromJavaScript(
      known as Parameters<typeof structproto.Struct.fromJavaScript>[0],
    );
  }

  registerResourceOutputs(
    request: resproto.RegisterResourceOutputsRequest,
    callback: Callback<object>,
  ): void {
    if (request.getUrn() === this.#stackUrn) this.stackOutputs = request.getOutputs()?.toJavaScript() ?? {};
    callback(null, {});
  }

  readResource(
    request: resproto.ReadResourceRequest,
    callback: Callback<resproto.ReadResourceResponse>,
  ): void {
    this.#problems.push(
      `${request.getType()}.get("${request.getName()}"): the program may not read what it does not own`,
    );
    callback(null, new resproto.ReadResourceResponse());
  }

  invoke(request: resproto.ResourceInvokeRequest, callback: Callback<resproto.ResourceInvokeResponse>): void {
    const response = new resproto.ResourceInvokeResponse();
    const answer = answerInvoke(request.getTok());
    if (answer) response.setReturn(structproto.Struct.fromJavaScript(answer));
    else
      this.#problems.push(
        `call of ${request.getTok()}: the plan makes no look-ups; pass the value as an argument`,
      );
    callback(null, response);
  }

  call(request: resproto.ResourceCallRequest, callback: Callback<object>): void {
    this.#problems.push(`method ${request.getTok()}: methods of remote components are not planned`);
    callback(null, {});
  }

  registerStackTransform(request: { getToken(): string }, callback: Callback<object>): void {
    const transform = this.#callbacks.get(request.getToken());
    if (transform) this.#stackTransforms.push(transform);
    callback(null, {});
  }

  registerPackage(_request: unknown, callback: Callback<resproto.RegisterPackageResponse>): void {
    const response = new resproto.RegisterPackageResponse();
    response.setRef("planned");
    callback(null, response);
  }

  supportsFeature(request: { getId(): string }, callback: Callback<{ getHassupport(): boolean }>): void {
    // Output values would arrive as wrappers inside inputs; plain inputs are what a reader wants.
    callback(null, { getHassupport: () => request.getId() !== "outputValues" });
  }

  getDeploymentInfo(_request: unknown, callback: Callback<resproto.DeploymentInfo>): void {
    const info = new resproto.DeploymentInfo();
    info.setSupportedfeaturesList([
      features.RESOURCE_MONITOR_FEATURE_SECRETS,
      features.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
      features.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
      features.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
      features.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
      features.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
    ]);
    callback(null, info);
  }

  signalAndWaitForShutdown(_request: unknown, callback: Callback<object>): void {
    callback(null, {});
  }

  close(): void {}
}
