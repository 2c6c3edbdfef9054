import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import type { PlannedResource } from "../../tools/plan/index.ts";

/** A finding in the form that the engine receives. */
interface Diagnostic {
  readonly policy: string;
  readonly message: string;
  readonly urn: string;
  readonly mandatory: boolean;
}

/** The pack in a process of its own, started as the language host starts it for `--policy-pack`. */
export interface Analyzer {
  readonly info: () => Promise<{ readonly name: string; readonly policies: readonly string[] }>;
  /** Shows the inputs of a resource, as the engine does before it creates or updates the resource. */
  readonly analyze: (resource: PlannedResource) => Promise<readonly Diagnostic[]>;
  /** Shows the outputs of all resources, as the engine does at the end of a preview or an update. */
  readonly analyzeStack: (resources: readonly PlannedResource[]) => Promise<readonly Diagnostic[]>;
  readonly stop: () => Promise<void>;
}

/** Loading takes a second, and ten times that on a busy machine. */
const deadlineMs = 20_000;

export async function startAnalyzer(root: string): Promise<Analyzer> {
  const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const child = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
    cwd: join(root, "policies"),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const port = await firstLine(child);
  const client = new analyzerGrpc.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  return {
    info: async () => {
      const info = await call<proto.AnalyzerInfo>((done) =>
        client.getAnalyzerInfo(new emptyProto.Empty(), done),
      );
      return { name: info.getName(), policies: info.getPoliciesList().map((policy) => policy.getName()) };
    },
    analyze: async (resource) => {
      const request = fill(new proto.AnalyzeRequest(), resource, resource.inputs);
      return toDiagnostics(await call<proto.AnalyzeResponse>((done) => client.analyze(request, done)));
    },
    analyzeStack: async (resources) => {
      const request = new proto.AnalyzeStackRequest().setResourcesList(resources.map(toAnalyzerResource));
      return toDiagnostics(await call<proto.AnalyzeResponse>((done) => client.analyzeStack(request, done)));
    },
    stop: async () => {
      client.close();
      const exited = once(child, "exit");
      child.kill();
      await exited;
    },
  };
}

/** @throws Error with the output of the process, when it ends or prints no port in time. */
async function firstLine(child: ChildProcess): Promise<string> {
  let complaint = "";
  child.stderr?.on("data", (part) => {
    complaint += String(part);
  });
  if (!child.stdout) throw new Error("no output to read the port from");
  const lines = createInterface({ input: child.stdout });
  try {
    const [line] = (await Promise.race([
      once(lines, "line", { signal: AbortSignal.timeout(deadlineMs) }),
      once(child, "exit").then(() => Promise.reject(new Error("it ended"))),
    ])) as [string];
    return line;
  } catch (error) {
    child.kill();
    throw new Error(`the policy pack did not start: ${String(error)}\n${complaint}`);
  }
}

function call<T>(start: (done: (error: ServiceError | null, answer: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

function toDiagnostics(response: proto.AnalyzeResponse): readonly Diagnostic[] {
  return response.getDiagnosticsList().map((one) => ({
    policy: one.getPolicyname(),
    message: one.getMessage(),
    urn: one.getUrn(),
    mandatory: one.getEnforcementlevel() === proto.EnforcementLevel.MANDATORY,
  }));
}

function fill<T extends proto.AnalyzeRequest | proto.AnalyzerResource>(
  request: T,
  from: PlannedResource,
  properties: Readonly<Record<string, unknown>>,
): T {
  const options = new proto.AnalyzerResourceOptions()
    .setProtect(from.options.protect)
    .setIgnorechangesList([...from.options.ignoreChanges])
    .setParent(from.parent);
  request.setType(from.type);
  request.setUrn(from.urn);
  request.setName(from.name);
  request.setProperties(Struct.fromJavaScript(properties as Record<string, JavaScriptValue>));
  request.setOptions(options);
  const [provider] = from.options.provider.split(/::[^:]*$/);
  if (provider) {
    request.setProvider(new proto.AnalyzerProviderResource().setUrn(provider).setProperties(new Struct()));
  }
  return request;
}

function toAnalyzerResource(from: PlannedResource): proto.AnalyzerResource {
  const resource = fill(new proto.AnalyzerResource(), from, from.outputs)
    .setParent(from.parent)
    .setDependenciesList([...from.options.dependencies]);
  for (const [property, urns] of Object.entries(from.options.propertyDependencies)) {
    const dependencies = new proto.AnalyzerPropertyDependencies().setUrnsList([...urns]);
    resource.getPropertydependenciesMap().set(property, dependencies);
  }
  return resource;
}
