import { setTimeout as pause } from "node:timers/promises";
import type { Probe } from "../manifests/index.ts";
import { type Child, type Children, describeExit, waitUntil } from "../processes/index.ts";
import type { ProcessSpec } from "./substitutions.ts";

/** One container of one replica. It is kept running as a kubelet would do it. */
export interface PodSpec {
  readonly name: string;
  readonly process: ProcessSpec;
  /** Port name → port of this machine. */
  readonly ports: Readonly<Record<string, number>>;
  readonly probes: { readonly startup?: Probe; readonly readiness?: Probe; readonly liveness?: Probe };
  readonly graceSeconds: number;
}

/** Period of the startup probe, instead of several seconds: a developer waits for it, and a local request costs nothing. */
const startupPeriodMs = 150;
/** The API drains for longer, as behind a load balancer. */
const restartGraceMs = 1_000;
/** A kubelet waits 10 s and doubles that up to 5 minutes. Here a developer waits for the restart. */
const firstBackOffMs = 1_000;
const longestBackOffMs = 30_000;
/** A container that ended this often before it was ever ready will not recover by itself. */
const mostFailedStarts = 3;

export class Pod {
  readonly spec: PodSpec;
  readonly #children: Children;
  readonly #log: (line: string) => void;
  #child: Child | undefined;
  #isReady = false;
  #wasReady = false;
  #stopping = false;
  #restarts = 0;
  #failed: Error | undefined;
  #loop: Promise<void> = Promise.resolve();
  #wake = new AbortController();

  constructor(spec: PodSpec, children: Children, log: (line: string) => void) {
    checkPorts(spec);
    this.spec = spec;
    this.#children = children;
    this.#log = log;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }
  get restarts(): number {
    return this.#restarts;
  }
  ready(): boolean {
    return this.#isReady;
  }

  start(): void {
    this.#loop = this.#keepRunning();
  }

  /** Resolves when it is ready. @throws Error when it has ended too often before it was ready. */
  async waitReady(signal: AbortSignal): Promise<void> {
    await waitUntil(() => this.#isReady || this.#failed !== undefined, {
      withinMs: Number.POSITIVE_INFINITY,
      giveUp: () => signal.aborted,
    });
    if (this.#failed) throw this.#failed;
  }

  /** Ends the process, by force when it takes long, because somebody waits; it then starts again at once. */
  async restart(): Promise<void> {
    this.#endPauses();
    await this.#child?.stop("SIGTERM", restartGraceMs);
  }

  /** Sends TERM, and KILL after the grace period of the manifest. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.abort();
    await this.#child?.stop("SIGTERM", this.spec.graceSeconds * 1000);
    await this.#loop;
  }

  async #keepRunning(): Promise<void> {
    let failedStarts = 0;
    while (!this.#stopping) {
      const child = this.#launch();
      const probing = this.#probe(child);
      const exit = await child.exited;
      // The probes of an ended process would otherwise wait for the end of their period.
      this.#endPauses();
      await probing;
      const readyInBetween = this.#isReady || this.#readyThisTime;
      this.#isReady = false;
      if (this.#stopping) return;
      failedStarts = readyInBetween ? 0 : failedStarts + 1;
      if (!this.#wasReady && failedStarts >= mostFailedStarts) {
        this.#failed = new Error(
          `${this.spec.name} ${describeExit(exit)}, ${failedStarts} times before it was ready. Its last lines:\n${child.lastLines(12)}`,
        );
        return;
      }
      // A process that was ready starts again at once; one that never becomes ready waits longer each time.
      const backOff =
        failedStarts === 0 ? 0 : Math.min(firstBackOffMs * 2 ** (failedStarts - 1), longestBackOffMs);
      const when = backOff === 0 ? "now" : `in ${backOff / 1000} s`;
      const why = failedStarts === 0 ? "" : `. Its last lines:\n${child.lastLines(12)}`;
      this.#log(`${this.spec.name} ${describeExit(exit)}; it starts again ${when}${why}`);
      this.#restarts += 1;
      this.#endedAt = performance.now();
      await this.#pause(backOff);
    }
  }

  #readyThisTime = false;

  #launch(): Child {
    this.#readyThisTime = false;
    const { name, process } = this.spec;
    const child = this.#children.start({ name, ...process, mark: process.args.at(0) ?? name });
    this.#child = child;
    return child;
  }

  async #probe(child: Child): Promise<void> {
    const { startup, readiness, liveness } = this.spec.probes;
    const watched = (): boolean => child.running() && !this.#stopping;
    if (startup && !(await this.#startsUp(startup, watched))) {
      if (!watched()) return;
      const seconds = startup.failureThreshold * startup.periodSeconds;
      this.#log(`${this.spec.name} has not started after ${seconds} s; stopping it. ${child.lastLines(3)}`);
      await child.stop("SIGTERM", this.spec.graceSeconds * 1000);
      return;
    }
    await Promise.all([
      this.#every(readiness, watched, (good) => this.#becomeReady(good)),
      this.#every(liveness, watched, (good) => {
        if (good || !watched()) return;
        this.#log(`${this.spec.name} failed its liveness probe; stopping it`);
        void child.stop("SIGTERM", this.spec.graceSeconds * 1000);
      }),
    ]);
  }

  #endedAt: number | undefined;

  #becomeReady(good: boolean): void {
    if (good !== this.#isReady && this.#wasReady) {
      const after =
        this.#endedAt === undefined
          ? ""
          : ` ${((performance.now() - this.#endedAt) / 1000).toFixed(1)} s later`;
      this.#log(`${this.spec.name} is ${good ? `ready${after}` : "not ready"}`);
    }
    if (good) this.#endedAt = undefined;
    this.#isReady = good;
    this.#wasReady ||= good;
    this.#readyThisTime ||= good;
  }

  #startsUp(probe: Probe, watched: () => boolean): Promise<boolean> {
    return waitUntil(() => this.#ask(probe), {
      withinMs: probe.failureThreshold * probe.periodSeconds * 1000,
      everyMs: startupPeriodMs,
      giveUp: () => !watched(),
    });
  }

  /** Reports success at once, and failure after as many failures in a row as the manifest says. */
  async #every(
    probe: Probe | undefined,
    watched: () => boolean,
    report: (good: boolean) => void,
  ): Promise<void> {
    if (!probe) {
      report(watched());
      return;
    }
    let failures = 0;
    let everGood = false;
    while (watched()) {
      const good = await this.#ask(probe);
      if (!watched()) return;
      failures = good ? 0 : failures + 1;
      everGood ||= good;
      if (good) report(true);
      else if (failures === probe.failureThreshold) report(false);
      // Until the first success the period of the startup probe applies, so that a developer does not wait longer.
      await this.#pause(everGood ? probe.periodSeconds * 1000 : startupPeriodMs);
    }
  }

  async #ask(probe: Probe): Promise<boolean> {
    const port = this.spec.ports[probe.port] ?? 0;
    try {
      const signal = AbortSignal.timeout(probe.timeoutSeconds * 1000);
      const response = await fetch(`http://127.0.0.1:${port}${probe.path}`, { signal });
      await response.arrayBuffer();
      return response.status >= 200 && response.status < 400;
    } catch {
      return false;
    }
  }

  #endPauses(): void {
    this.#wake.abort();
    // After a stop no pause begins any more.
    if (!this.#stopping) this.#wake = new AbortController();
  }

  /** A stop, a restart and the end of the process end the pause early. */
  #pause(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#wake.signal }).catch(() => undefined);
  }
}

/** A kubelet would fail such a probe for ever without a clear reason. */
function checkPorts({ name, ports, probes }: PodSpec): void {
  const missing = Object.values(probes)
    .map(({ port }) => port)
    .filter((port) => ports[port] === undefined);
  if (missing.length === 0) return;
  throw new Error(
    `${name}: probes ask port ${[...new Set(missing)].join(", ")}; the container has ${Object.keys(ports).join(", ") || "none"}`,
  );
}
