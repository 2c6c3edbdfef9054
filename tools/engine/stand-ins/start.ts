import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { type HostOptions, type Listener, Processes, serve, startLanguageHost } from "../host/index.ts";
import { standIn, type World } from "./stand-in.ts";

/** Everything that the engine talks to. */
export interface StandIns {
  /** The variables by which the CLI attaches them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly stop: () => void;
}

const packages = ["aws", "kubernetes", "random"];

/** Loading the SDK takes a second, and ten times that on a busy machine. */
const startTimeoutMs = 60_000;

/** Starts language host and providers of one stack, all on the loopback address. */
export async function startStandIns(world: World, options: HostOptions = {}): Promise<StandIns> {
  const processes = new Processes();
  const host = await startLanguageHost(options);
  const providers = await Promise.all(
    packages.map(async (name): Promise<[string, Listener]> => {
      const service = standIn(versionOf(name), world);
      return [name, await serve(providerGrpc.ResourceProviderService, service)];
    }),
  );
  const ports: [string, number][] = [
    ...providers.map(([name, { port }]): [string, number] => [name, port]),
    ["eks", await startComponents(processes)],
  ];
  return {
    variables: {
      PULUMI_DEBUG_LANGUAGES: `nodejs:${host.port}`,
      PULUMI_DEBUG_PROVIDERS: ports.map(([name, port]) => `${name}:${port}`).join(","),
    },
    stop: () => {
      host.stop();
      for (const [, listener] of providers) listener.stop();
      processes.stop();
    },
  };
}

/** @throws Error when the process ends, or prints no port in time. */
async function startComponents(processes: Processes): Promise<number> {
  const entry = join(import.meta.dirname, "..", "eks", "main.ts");
  const child = processes.start(process.execPath, [entry, versionOf("eks")], {
    // The plugin is on an SDK that does not send the arguments of a component.
    env: { ...process.env, PULUMI_NODEJS_SKIP_COMPONENT_INPUTS: "true" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`the stand-in of eks did not start: ${reason}`));
    const timer = setTimeout(() => fail(`no port after ${startTimeoutMs / 1000} s`), startTimeoutMs);
    child.once("close", (code) => fail(`it ended with ${String(code)}`));
    if (!child.stdout) return fail("it has no output");
    createInterface({ input: child.stdout }).once("line", (line) => {
      clearTimeout(timer);
      resolve(Number(line));
    });
  });
}

/** The version of the npm package. With another one the engine would warn at every provider. */
function versionOf(name: string): string {
  const require = createRequire(import.meta.url);
  return (require(`@pulumi/${name}/package.json`) as { version: string }).version;
}
