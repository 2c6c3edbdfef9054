import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { repositoryRoot } from "../../plan/index.ts";
import { type Addresses, startBackEnds } from "../back-ends/index.ts";
import { type Pod, runJob, toPods } from "../pods/index.ts";
import { isPortFree } from "../processes/index.ts";
import { createDatabase, createTopics } from "../provision/index.ts";
import { planDev } from "./dev-plan.ts";
import { type Issuer, startIssuer } from "./issuer.ts";
import type { Options } from "./options.ts";
import { runSmokeTest, smokeTable } from "./smoke.ts";
import { welcome } from "./welcome.ts";

/** A working day: nobody wants to copy a new token after lunch. */
const tokenLifetimeSeconds = 12 * 3600;

/** Things to stop, in reverse of their start. */
type Stops = { readonly name: string; readonly stop: () => Promise<void> }[];

/**
 * The whole life of `npm start`. Resolves with the exit status: 0 after a passed smoke test or a wanted end, 1 after
 * a failed smoke test, a dead back end or a start that failed.
 */
export async function run(
  options: Options,
  stopped: AbortSignal,
  log: (line: string) => void,
): Promise<number> {
  const stops: Stops = [];
  const over = new AbortController();
  const end = AbortSignal.any([stopped, over.signal]);
  let status = 0;
  try {
    const environment = await start(
      options,
      stops,
      log,
      (reason) => {
        // While it stops, back ends end because they are told to.
        if (end.aborted) return;
        log(`a back end is gone: ${reason}`);
        status = 1;
        over.abort();
      },
      end,
    );
    const result = environment ? await use(environment, options, end, log) : unfinished(options);
    status = Math.max(status, result); // a back end may have set it in the meantime
  } catch (error) {
    if (!end.aborted) {
      log((error as Error).message);
      status = 1;
    }
  }
  if (stopped.aborted) log("stopping ...");
  over.abort();
  for (const { name, stop } of stops.toReversed()) {
    await stop().catch((error: unknown) => log(`${name} did not stop in order: ${String(error)}`));
  }
  log("everything has stopped");
  return status;
}

interface Environment {
  readonly addresses: Required<Addresses>;
  readonly issuer: Issuer;
  readonly pods: readonly Pod[];
  readonly apiUrl: string;
  readonly audience: string;
}

async function start(
  options: Options,
  stops: Stops,
  log: (line: string) => void,
  onFailure: (reason: string) => void,
  end: AbortSignal,
): Promise<Environment | undefined> {
  const began = Date.now();
  const backEnds = await startBackEnds({
    folder: folderOf(options.port),
    needs: ["postgres", "redis", "kafka", "registry"],
    durable: false, // data of one run, deleted at its end
    log,
    beforeStart: () => checkPort(options.port),
  });
  stops.push({ name: "the back ends", stop: () => backEnds.stop() });
  void backEnds.failed.then(onFailure);
  if (end.aborted) return undefined;
  const issuer = await startIssuer();
  stops.push({ name: "the issuer of tokens", stop: () => issuer.stop() });
  const addresses = backEnds.addresses as Required<Addresses>;
  const { manifests, audience } = await planDev(addresses, issuer);
  log(
    `plan of dev: ${manifests.topics.length} topics, ${manifests.jobs.length} job, ${manifests.deployments.length} deployments`,
  );
  const host = { root: repositoryRoot, addresses, children: backEnds.children, log, httpPort: options.port };
  await Promise.all([
    createTopics(addresses.kafka, manifests.topics),
    createDatabase(addresses.postgres, manifests.database),
  ]);
  for (const job of manifests.jobs) await runJob(job, host, end);
  log("topics created, database migrated");
  const pods = await toPods(manifests, host);
  stops.push({
    name: "the workloads",
    stop: async () => void (await Promise.all(pods.map((pod) => pod.stop()))),
  });
  if (end.aborted) return undefined;
  for (const pod of pods) pod.start();
  await Promise.all(pods.map((pod) => pod.waitReady(end)));
  if (end.aborted) return undefined;
  log(`${pods.map((pod) => pod.spec.name).join(", ")} are ready, ${seconds(began)} s after the start`);
  return { addresses, issuer, pods, apiUrl: `http://127.0.0.1:${options.port}`, audience };
}

async function use(
  environment: Environment,
  options: Options,
  end: AbortSignal,
  log: (line: string) => void,
): Promise<number> {
  const { issuer, apiUrl, audience } = environment;
  const token = (subject: string): Promise<string> => issuer.token(subject, audience, tokenLifetimeSeconds);
  const steps = await runSmokeTest({ apiUrl, token: await token("smoke-test") }, end);
  if (end.aborted) return unfinished(options);
  const failed = steps.some(({ problem }) => problem !== undefined);
  process.stdout.write(`\n${smokeTable(steps)}\n\n`);
  log(failed ? "smoke test FAILED" : "smoke test passed");
  if (options.smoke) return failed ? 1 : 0;
  process.stdout.write(welcome({ ...environment, token: await token("developer") }));
  await pause(2 ** 31 - 1, undefined, { signal: end }).catch(() => undefined);
  return failed ? 1 : 0;
}

/** Ended before the smoke test was over: what somebody wanted, unless the smoke test was what they wanted. */
function unfinished(options: Options): number {
  return options.smoke ? 1 : 0;
}

/** One for every checkout and port: two runs may stand side by side, two on one port may not. */
export function folderOf(port: number): string {
  const name = createHash("sha256").update(repositoryRoot).digest("hex").slice(0, 8);
  return join(tmpdir(), `task-platform-${name}-${port}`);
}

async function checkPort(port: number): Promise<void> {
  // What an earlier run left was killed a moment ago, and a port is given back a moment later.
  for (const deadline = Date.now() + 2_000; Date.now() < deadline; await pause(100)) {
    if (await isPortFree(port)) return;
  }
  throw new Error(
    `port ${port} of the task API is taken by another program. End it (lsof -i :${port} names it), or take another: npm start -- --port ${port + 10}`,
  );
}

function seconds(began: number): string {
  return ((Date.now() - began) / 1000).toFixed(1);
}
