import type { ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import type { ServerWritableStream } from "@grpc/grpc-js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/language_pb.js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import { Processes } from "./processes.ts";
import { type Listener, serve, unary } from "./serve.ts";

/** Exit code of the runner after an error that it has already reported to the engine. */
const reportedError = 32;

/** What the host starts instead of `node`, for measurements. */
export interface HostOptions {
  /** Arguments of Node for the program, such as `--cpu-prof`. @default none */
  readonly nodeArguments?: readonly string[];
}

/** Runs Pulumi programs and policy packs by the runners of the SDK, as the language host of Pulumi does. */
class LanguageHost {
  readonly #processes = new Processes();
  readonly #options: HostOptions;
  #engine = "";

  constructor(options: HostOptions) {
    this.#options = options;
  }

  readonly handshake = unary((request: proto.LanguageHandshakeRequest) => {
    this.#engine = request.getEngineAddress();
    return new proto.LanguageHandshakeResponse();
  });

  readonly getPluginInfo = unary(() => new pluginProto.PluginInfo().setVersion(sdk.version));

  /** Nothing to install: the stand-ins are attached by their ports. */
  readonly getRequiredPackages = unary(() => new proto.GetRequiredPackagesResponse());

  readonly cancel = unary(() => {
    this.#processes.stop();
    return new emptyProto.Empty();
  });

  readonly run = unary(async (request: proto.RunRequest) => {
    const child = this.#processes.start(process.execPath, this.#programArguments(request), {
      cwd: request.getPwd(),
      env: { ...process.env, ...programVariables(request) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = collect(child);
    const code = await exitOf(child);
    const response = new proto.RunResponse();
    if (code === reportedError) return response.setBail(true);
    return code === 0 ? response : response.setError(`the program ended with ${code}: ${output()}`);
  });

  runPlugin = (call: ServerWritableStream<proto.RunPluginRequest, proto.RunPluginResponse>): void => {
    const { request } = call;
    if (request.getKind() !== "analyzer") {
      call.destroy(new Error(`this host runs policy packs only, not the plugin kind ${request.getKind()}`));
      return;
    }
    const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
    const args = [sdk.resolve("cmd/run-policy-pack"), ...request.getArgsList(), folder];
    const variables = request.getEnvList().map((entry) => splitOnce(entry, "="));
    const child = this.#processes.start(process.execPath, args, {
      cwd: folder, // The pack reads its version from the package.json of its working directory.
      env: { ...process.env, ...Object.fromEntries(variables) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout?.on("data", (data: Buffer) => call.write(new proto.RunPluginResponse().setStdout(data)));
    child.stderr?.on("data", (data: Buffer) => call.write(new proto.RunPluginResponse().setStderr(data)));
    child.once("close", (code) => {
      call.write(new proto.RunPluginResponse().setExitcode(code ?? 0));
      call.end();
    });
    // The engine ends a policy pack by ending the call.
    call.once("cancelled", () => child.kill());
  };

  stop(): void {
    this.#processes.stop();
  }

  #programArguments(request: proto.RunRequest): readonly string[] {
    const info = request.getInfo();
    return [
      ...(this.#options.nodeArguments ?? []),
      sdk.resolve("cmd/run"),
      `--monitor=${request.getMonitorAddress()}`,
      `--engine=${this.#engine}`,
      `--organization=${request.getOrganization()}`,
      `--project=${request.getProject()}`,
      `--stack=${request.getStack()}`,
      `--root-directory=${info?.getRootDirectory() ?? request.getPwd()}`,
      `--pwd=${request.getPwd()}`,
      ...(request.getDryrun() ? ["--dry-run"] : []),
      `--parallel=${request.getParallel()}`,
      info?.getEntryPoint() ?? ".",
      ...request.getArgsList(),
    ];
  }
}

/** The variables by which the runner gets its configuration. */
function programVariables(request: proto.RunRequest): Record<string, string> {
  const options = request.getInfo()?.getOptions()?.toJavaScript() ?? {};
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    // `runtime.options.typescript` of Pulumi.yaml.
    PULUMI_NODEJS_TYPESCRIPT: options.typescript === false ? "false" : "true",
  };
}

const require = createRequire(import.meta.url);

const sdk = {
  version: (require("@pulumi/pulumi/package.json") as { version: string }).version,
  resolve: (part: string) => require.resolve(`@pulumi/pulumi/${part}`),
};

/** What a child has written, for the message of a failure. */
function collect(child: ChildProcess): () => string {
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (data: Buffer) => parts.push(data.toString()));
  return () => parts.join("");
}

function exitOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code ?? signal ?? "no exit code"));
  });
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** A language host for Node.js on the loopback address. The CLI attaches it by `PULUMI_DEBUG_LANGUAGES`. */
export async function startLanguageHost(options: HostOptions = {}): Promise<Listener> {
  const host = new LanguageHost(options);
  const listener = await serve(languageGrpc.LanguageRuntimeService, { ...host });
  return {
    port: listener.port,
    stop: () => {
      host.stop();
      listener.stop();
    },
  };
}
