import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { repositoryRoot } from "../../plan/index.ts";
import { type Addresses, type Part, startBackEnds } from "../back-ends/index.ts";
import { type Pod, runJob, toPods } from "../pods/index.ts";
import { isPortFree, waitUntil } from "../processes/index.ts";
import { createDatabase, createTopics } from "../provision/index.ts";
import { planDev } from "./dev-plan.ts";
import { followLogs } from "./follow-logs.ts";
import { type Issuer, startIssuer } from "./issuer.ts";
import type { Options } from "./options.ts";
import { runSmokeTest, smokeTable } from "./smoke.ts";
import { affected, watchCode } from "./watch-code.ts";
import { welcome } from "./welcome.ts";

/** One working day, so that a developer does not have to copy a new token during the day. */
const tokenLifetimeSeconds = 12 * 3600;

/** One run of `npm start`. */
interface Run {
  readonly options: Pick<Options, "port" | "keepData">;
  readonly log: (line: string) => void;
  /** Aborted by a signal of the user, or when a back end has failed. */
  readonly end: AbortSignal;
  /** Things to stop, in the order of their start. */
  readonly stops: { readonly name: string; readonly stop: () => Promise<void> }[];
  readonly onFailure: (reason: string) => void;
}

/** A running dev environment. */
interface Environment {
  /** Processes of the back ends. */
  readonly parts: readonly Part[];
  readonly addresses: Required<Addresses>;
  readonly issuer: Issuer;
  readonly pods: readonly Pod[];
  readonly apiUrl: string;
  readonly audience: string;
}

/**
 * Runs `npm start` from start to stop. Resolves with the exit status: 0 after a passed smoke test or when the user ends
 * the run, 1 after a failed start, a failed smoke test or the failure of a back end.
 */
export async function run(
  options: Options,
  stopped: AbortSignal,
  log: (line: string) => void,
): Promise<number> {
  const over = new AbortController();
  const end = AbortSignal.any([stopped, over.signal]);
  const stops: Run["stops"] = [];
  let status = 0;
  stopped.addEventListener("abort", () => log("stopping ..."), { once: true });
  const onFailure = (reason: string): void => {
    // During the stop, back ends end because they were stopped.
    if (end.aborted) return;
    log(`a back end is gone: ${reason}`);
    status = 1;
    over.abort();
  };
  const current: Run = { options, log, end, stops, onFailure };
  try {
    const environment = await startEnvironment(current);
    const result = environment ? await use(options, current, environment) : unfinished(options);
    status = Math.max(status, result); // onFailure may have set it in the meantime
  } catch (error) {
    if (!end.aborted) {
      log((error as Error).message);
      status = 1;
    }
  }
  over.abort();
  for (const { name, stop } of stops.toReversed()) {
    await stop().catch((error: unknown) => log(`${name} did not stop in order: ${String(error)}`));
  }
  log("everything has stopped");
  return status;
}

/** Starts everything. Returns `undefined` when the run ends before everything is ready. The caller stops what is in `stops`. */
export async function startEnvironment({
  options,
  log,
  end,
  stops,
  onFailure,
}: Run): Promise<Environment | undefined> {
  const began = Date.now();
  const backEnds = await startBackEnds({
    folder: folderOf(options.port),
    keptData: options.keepData ? keptDataOf(options.port) : undefined,
    end,
    needs: ["postgres", "redis", "kafka", "schema-registry"],
    // What the API acknowledges is on the disk, as in AWS: what a developer measures and breaks here then means something.
    durable: true,
    log,
    beforeStart: () => checkPort(options.port),
  });
  stops.push({ name: "the back ends", stop: () => backEnds.stop() });
  void backEnds.failed.then(onFailure);
  if (end.aborted) return undefined;
  const issuer = await startIssuer();
  stops.push({ name: "the token issuer", stop: () => issuer.stop() });
  const addresses = backEnds.addresses as Required<Addresses>;
  const { manifests, audience } = await unlessOver(end, planDev(addresses, issuer));
  const { topics, jobs, deployments } = manifests;
  log(`plan of dev: ${topics.length} topics, ${jobs.length} job, ${deployments.length} deployments`);
  const host = {
    root: repositoryRoot,
    addresses,
    children: backEnds.children,
    log,
    httpPort: options.port,
  };
  await unlessOver(
    end,
    Promise.all([
      createTopics(addresses.kafka, topics),
      createDatabase(addresses.postgres, manifests.database),
    ]),
  );
  for (const job of jobs) await runJob(job, host, end);
  log("topics created, database migrated");
  const pods = await toPods(manifests, host);
  const stopPods = async (): Promise<void> => void (await Promise.all(pods.map((pod) => pod.stop())));
  stops.push({ name: "the workloads", stop: stopPods });
  if (end.aborted) return undefined;
  for (const pod of pods) pod.start();
  await Promise.all(pods.map((pod) => pod.waitReady(end)));
  if (end.aborted) return undefined;
  log(`${pods.map((pod) => pod.spec.name).join(", ")} are ready, ${seconds(began)} s after the start`);
  return {
    parts: backEnds.parts,
    addresses,
    issuer,
    pods,
    apiUrl: `http://127.0.0.1:${options.port}`,
    audience,
  };
}

/** Runs the smoke test. Without `--smoke` it then waits for the end of the run. */
async function use(options: Options, { log, end }: Run, environment: Environment): Promise<number> {
  const { issuer, apiUrl, audience } = environment;
  const token = (subject: string): Promise<string> => issuer.token(subject, audience, tokenLifetimeSeconds);
  const steps = await runSmokeTest({ apiUrl, token: await token("smoke-test") }, end);
  if (end.aborted) return unfinished(options);
  const failed = steps.some(({ problem }) => problem !== undefined);
  process.stdout.write(`\n${smokeTable(steps)}\n\n`);
  log(failed ? "smoke test FAILED" : "smoke test passed");
  if (options.smoke) return failed ? 1 : 0;
  process.stdout.write(
    welcome({
      ...environment,
      token: await token("developer"),
      logs: logsOf(options.port),
      keptData: options.keepData ? keptDataOf(options.port) : undefined,
    }),
  );
  if (options.logs) showLogs(options.port, environment.pods, end);
  if (options.watch) restartChanged(environment.pods, log, end);
  await pause(2 ** 31 - 1, undefined, { signal: end }).catch(() => undefined);
  return failed ? 1 : 0;
}

/** Rejects when the run ends before the work is done; the work itself may go on. */
async function unlessOver<T>(end: AbortSignal, work: Promise<T>): Promise<T> {
  const over = Promise.withResolvers<never>();
  const abandon = (): void => over.reject(new Error("the run ends"));
  if (end.aborted) abandon();
  end.addEventListener("abort", abandon, { once: true });
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    end.removeEventListener("abort", abandon);
  }
}

function showLogs(port: number, pods: readonly Pod[], end: AbortSignal): void {
  const logs = pods.map(({ spec: { name } }) => ({ name, file: join(logsOf(port), `${name}.log`) }));
  followLogs(logs, (line) => process.stdout.write(`${line}\n`), end);
}

function restartChanged(pods: readonly Pod[], log: (line: string) => void, end: AbortSignal): void {
  const running = pods.map((pod) => ({ pod, args: pod.spec.process.args }));
  watchCode(
    repositoryRoot,
    (change) => {
      if (change.migrations) log("a migration changed; migrations run at the next npm start");
      const changed = affected(running, change);
      log(`code changed; starting again: ${changed.map(({ pod }) => pod.spec.name).join(", ")}`);
      for (const { pod } of changed) void pod.restart();
    },
    (reason) => log(`code is not watched any more: ${reason}`),
    end,
  );
  log("code below apps/ is watched");
}

/** Exit status of a run that ended before its smoke test: a failure only if the caller asked for the smoke test. */
function unfinished(options: Options): number {
  return options.smoke ? 1 : 0;
}

/** Folder of a run, by checkout and port: two runs may run in parallel, but not on one port. */
export function folderOf(port: number): string {
  const name = createHash("sha256").update(repositoryRoot).digest("hex").slice(0, 8);
  return join(tmpdir(), `task-platform-${name}-${port}`);
}

/** Folder of the data of `--keep-data`. */
function keptDataOf(port: number): string {
  return `${folderOf(port)}-data`;
}

function logsOf(port: number): string {
  return join(folderOf(port), "logs");
}

async function checkPort(port: number): Promise<void> {
  // The processes of an earlier run were killed just before, and the system frees their ports a moment later.
  if (await waitUntil(() => isPortFree(port), { withinMs: 2_000, everyMs: 100 })) return;
  throw new Error(
    `port ${port} of the task API is taken by another program. Stop that program (lsof -i :${port} shows it), or use another port: npm start -- --port ${port + 10}`,
  );
}

function seconds(began: number): string {
  return ((Date.now() - began) / 1000).toFixed(1);
}
