import structproto from "google-protobuf/google/protobuf/struct_pb.js";
import { clusterOutputs, outputDependencies } from "../eks-cluster/index.ts";
import type { PlanMode, PlannedResource } from "../model/index.ts";
import { secret, unknown, unplanned } from "../protocol/index.ts";

type Struct = ReturnType<typeof structproto.Struct.fromJavaScript>;

interface AnswerContext {
  readonly mode: PlanMode;
  /** Inputs with secrets marked, because an output that repeats a secret input is secret too. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly resources: () => readonly PlannedResource[];
  /** Outputs of the class. Without a value from a table they must be unknown instead of `undefined`. */
  readonly outputNames: readonly string[];
}

/** The state that the program gets back: the inputs and the outputs from the tables. */
export function answerState(resource: PlannedResource, context: AnswerContext): Struct {
  const { id: _, ...outputs } = resource.outputs;
  const known: Record<string, unknown> = { ...context.wire, ...outputs };
  if (isCluster(resource)) {
    Object.assign(known, clusterOutputs(resource, context.resources(), context.mode));
  }
  for (const name of context.outputNames) known[name] ??= unplanned(name);
  for (const name of resource.options.additionalSecretOutputs) {
    // A value that is not known yet is secret already.
    if (name in known || context.mode === "preview") known[name] = secret(known[name] ?? unknown);
  }
  return structproto.Struct.fromJavaScript(known as Parameters<typeof structproto.Struct.fromJavaScript>[0]);
}

/** Resources that the outputs of a remote component come from, beside the component itself. */
export function dependenciesOfOutputs(
  resource: PlannedResource,
  resources: () => readonly PlannedResource[],
): Readonly<Record<string, readonly string[]>> {
  return isCluster(resource) ? outputDependencies(resource, resources()) : {};
}

function isCluster({ type }: PlannedResource): boolean {
  return type === "eks:index:Cluster";
}
