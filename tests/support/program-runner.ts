import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineProto from "@pulumi/pulumi/proto/engine_pb.js";
import monitorGrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import type { Plan } from "../../tools/plan/model/index.ts";
import { createPlan, PlanMonitor } from "../../tools/plan/monitor/index.ts";

/** Values that the CLI reads from the project file and the stack file. */
export interface ProgramRun {
  readonly root: string;
  /** Entry point as in `Pulumi.yaml`, relative to the root. */
  readonly main: string;
  readonly project: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** Arguments of Node before the runner. @default none */
  readonly nodeArguments?: readonly string[];
}

export interface ProgramResult {
  readonly exitCode: number | null;
  /** Messages of the program to the engine, and its output. */
  readonly messages: string;
  /** @throws Error with every problem of the plan. */
  readonly plan: () => Plan;
}

/** Ends a program that hangs. A real one needs two seconds, or ten on a busy machine. */
const deadlineMs = 60_000;

/**
 * Runs an entry point with the runner of the SDK in a child process, as the language host does in a preview. The runner
 * talks to the monitor of the plan over gRPC.
 */
export async function runProgram(run: ProgramRun): Promise<ProgramResult> {
  const { project, stack, config, secretKeys } = run;
  const monitor = new PlanMonitor({ project, stack, mode: "preview", overrides: {}, config });
  const messages: string[] = [];
  const server = new Server();
  server.addService(monitorGrpc.ResourceMonitorService, monitorService(monitor));
  server.addService(engineGrpc.EngineService, engineService(messages));
  const port = await listen(server);
  try {
    const exitCode = await runChild(run, `127.0.0.1:${port}`, messages);
    return {
      exitCode,
      messages: messages.join("\n"),
      plan: () => createPlan(monitor, { project, stack, mode: "preview", config, secretKeys }),
    };
  } finally {
    monitor.close();
    server.forceShutdown();
  }
}

async function runChild(run: ProgramRun, address: string, messages: string[]): Promise<number | null> {
  const entry = join(run.root, run.main);
  const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run");
  const args = [
    ...(run.nodeArguments ?? []),
    runner,
    `--monitor=${address}`,
    `--engine=${address}`,
    "--organization=organization",
    `--project=${run.project}`,
    `--stack=${run.stack}`,
    `--root-directory=${run.root}`,
    `--pwd=${dirname(entry)}`,
    "--dry-run",
    "--parallel=16",
    basename(entry),
  ];
  const child = spawn(process.execPath, args, {
    cwd: run.root,
    env: {
      PATH: process.env.PATH,
      PULUMI_CONFIG: JSON.stringify(run.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.secretKeys),
      // `runtime.options.typescript: false` of Pulumi.yaml.
      PULUMI_NODEJS_TYPESCRIPT: "false",
    },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: deadlineMs,
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => messages.push(data.toString()));
  const [exitCode] = (await once(child, "close")) as [number | null];
  return exitCode;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

type Respond = (error: Error | null, response: unknown) => void;

/** The methods that service and monitor share. The others answer "unimplemented", as an older engine would. */
function monitorService(monitor: PlanMonitor): UntypedServiceImplementation {
  const names = Object.keys(monitorGrpc.ResourceMonitorService) as (keyof PlanMonitor)[];
  const methods = monitor as unknown as Record<string, (request: unknown, respond: Respond) => void>;
  return Object.fromEntries(
    names
      .filter((name) => typeof methods[name] === "function")
      .map((name) => [
        name,
        (call: { request: unknown }, respond: Respond) => methods[name]?.call(monitor, call.request, respond),
      ]),
  ) as unknown as UntypedServiceImplementation;
}

function engineService(messages: string[]): UntypedServiceImplementation {
  const empty = (_call: unknown, respond: Respond) => respond(null, new emptyProto.Empty());
  return {
    log: (call: { request: engineProto.LogRequest }, respond: Respond) => {
      if (call.request.getSeverity() !== engineProto.LogSeverity.DEBUG)
        messages.push(call.request.getMessage());
      respond(null, new emptyProto.Empty());
    },
    getRootResource: (_call: unknown, respond: Respond) =>
      respond(null, new engineProto.GetRootResourceResponse()),
    setRootResource: (_call: unknown, respond: Respond) =>
      respond(null, new engineProto.SetRootResourceResponse()),
    requirePulumiVersion: empty,
    startDebugging: empty,
  } as unknown as UntypedServiceImplementation;
}
