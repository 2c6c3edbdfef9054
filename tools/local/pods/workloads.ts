import { setTimeout as pause } from "node:timers/promises";
import type { Addresses } from "../back-ends/index.ts";
import type { Container, JobManifest, Manifests } from "../manifests/index.ts";
import { type Children, describeExit, freePorts } from "../processes/index.ts";
import { Pod } from "./pod.ts";
import { toProcess } from "./substitutions.ts";

/** What the processes of the plan run with on this machine. */
export interface WorkloadHost {
  readonly root: string;
  readonly addresses: Required<Addresses>;
  readonly children: Children;
  readonly log: (line: string) => void;
  /** Port of the first replica that serves `http`. The others get free ports. */
  readonly httpPort: number;
}

/** Runs the containers of a Job one after another. If one fails, it repeats the Job as often as the manifest allows. */
export async function runJob(job: JobManifest, host: WorkloadHost, end: AbortSignal): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    const problem = await runOnce(job, host, end);
    if (problem === undefined || end.aborted) return;
    if (failures >= job.backoffLimit) {
      throw new Error(`job ${job.name} failed ${failures + 1} times. ${problem}`);
    }
    host.log(`job ${job.name} failed and is repeated. ${problem}`);
    await pause(1_000); // a kubelet waits 10 s; here a developer waits
  }
}

async function runOnce(job: JobManifest, host: WorkloadHost, end: AbortSignal): Promise<string | undefined> {
  for (const container of job.containers) {
    const process = toProcess(container, await placeOf(container, host, job.name, undefined));
    const child = host.children.start({ name: job.name, ...process, mark: process.args.at(0) ?? job.name });
    const stop = (): void => void child.stop("SIGTERM", 5_000);
    const overdue = setTimeout(stop, job.deadlineSeconds * 1000);
    end.addEventListener("abort", stop, { once: true });
    const exit = await child.exited;
    clearTimeout(overdue);
    end.removeEventListener("abort", stop);
    if (exit.code !== 0) return `It ${describeExit(exit)}. Its last lines:\n${child.lastLines(12)}`;
  }
  return undefined;
}

/** One pod for every container of every replica. The pods are not started. */
export async function toPods(manifests: Manifests, host: WorkloadHost): Promise<Pod[]> {
  const pods: Pod[] = [];
  let httpPort: number | undefined = host.httpPort;
  for (const { name, replicas, graceSeconds, containers } of manifests.deployments) {
    for (let replica = 1; replica <= replicas; replica += 1) {
      for (const container of containers) {
        const pod = `${name}-${replica}`;
        const place = await placeOf(container, host, pod, httpPort);
        if (place.ports.http === httpPort) httpPort = undefined;
        const process = toProcess(container, place);
        const spec = {
          name: pod,
          process,
          ports: place.ports,
          probes: container.probes,
          graceSeconds,
        };
        pods.push(new Pod(spec, host.children, host.log));
      }
    }
  }
  return pods;
}

async function placeOf(
  container: Container,
  { root, addresses }: WorkloadHost,
  pod: string,
  httpPort: number | undefined,
) {
  const names = Object.keys(container.ports);
  const free = await freePorts(names.length);
  const ports = Object.fromEntries(
    names.map((name, at) => [name, name === "http" && httpPort !== undefined ? httpPort : (free[at] ?? 0)]),
  );
  return { root, node: process.execPath, pod, ports, addresses };
}
