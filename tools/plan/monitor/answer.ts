import structproto from "google-protobuf/google/protobuf/struct_pb.js";
import { clusterOutputs } from "../eks-cluster/index.ts";
import type { PlanMode, PlannedResource } from "../model/index.ts";
import { secret, unplanned } from "../protocol/index.ts";

type Struct = ReturnType<typeof structproto.Struct.fromJavaScript>;

interface AnswerContext {
  readonly mode: PlanMode;
  /** As they came, secrets still wrapped: an output that repeats an input is as secret as the input. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly resources: () => readonly PlannedResource[];
  /** Outputs of the class that must not pass for "undefined" where no table knows them. */
  readonly outputNames: readonly string[];
}

/** State as the program gets it back: inputs, and what tables add. */
export function answerState(resource: PlannedResource, context: AnswerContext): Struct {
  const { id: _, ...outputs } = resource.outputs;
  const known: Record<string, unknown> = { ...context.wire, ...outputs };
  if (resource.type === "eks:index:Cluster") {
    Object.assign(known, clusterOutputs(resource, context.resources(), context.mode));
  }
  for (const name of context.outputNames) known[name] ??= unplanned(name);
  for (const name of resource.options.additionalSecretOutputs) {
    if (name in known) known[name] = secret(known[name]);
  }
  return structproto.Struct.fromJavaScript(known as Parameters<typeof structproto.Struct.fromJavaScript>[0]);
}
