import type { Probe } from "../manifests/index.ts";
import { type Child, type Children, describeExit } from "../processes/index.ts";
import type { ProcessSpec } from "./substitutions.ts";

/** One container of one replica, kept running as a kubelet would. */
export interface PodSpec {
  readonly name: string;
  readonly process: ProcessSpec;
  /** Port name → port of this machine. */
  readonly ports: Readonly<Record<string, number>>;
  readonly probes: { readonly startup?: Probe; readonly readiness?: Probe; readonly liveness?: Probe };
  readonly graceSeconds: number;
}

/** The startup probe is asked this often instead of every few seconds: a developer waits, and loopback costs nothing. */
const startupPeriodMs = 150;
/** A kubelet waits 10 s and doubles to 5 minutes; here somebody sits and watches. */
const firstBackOffMs = 1_000;
const longestBackOffMs = 30_000;
/** Ends in a row before it was ever ready, after which it will not become better by itself. */
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
  readonly #wake = new AbortController();

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

  /** Resolves when it is ready. @throws Error when it ends again and again, or never gets ready. */
  async waitReady(signal: AbortSignal): Promise<void> {
    while (!this.#isReady && !signal.aborted) {
      if (this.#failed) throw this.#failed;
      await this.#pause(50);
    }
  }

  /** TERM, and KILL after the grace of the manifest. */
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
      const backOff = Math.min(firstBackOffMs * 2 ** Math.max(0, failedStarts - 1), longestBackOffMs);
      this.#log(`${this.spec.name} ${describeExit(exit)}; started again in ${backOff / 1000} s`);
      this.#restarts += 1;
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
      this.#log(`${this.spec.name} has not started after ${seconds} s; ending it. ${child.lastLines(3)}`);
      await child.stop("SIGTERM", this.spec.graceSeconds * 1000);
      return;
    }
    await Promise.all([
      this.#every(readiness, watched, (good) => this.#becomeReady(good)),
      this.#every(liveness, watched, (good) => {
        if (good || !watched()) return;
        this.#log(`${this.spec.name} failed its liveness probe; ending it`);
        void child.stop("SIGTERM", this.spec.graceSeconds * 1000);
      }),
    ]);
  }

  #becomeReady(good: boolean): void {
    if (good !== this.#isReady && this.#wasReady)
      this.#log(`${this.spec.name} is ${good ? "ready" : "not ready"}`);
    this.#isReady = good;
    this.#wasReady ||= good;
    this.#readyThisTime ||= good;
  }

  async #startsUp(probe: Probe, watched: () => boolean): Promise<boolean> {
    const deadline = Date.now() + probe.failureThreshold * probe.periodSeconds * 1000;
    while (watched() && Date.now() < deadline) {
      if (await this.#ask(probe)) return true;
      await this.#pause(startupPeriodMs);
    }
    return false;
  }

  /** Good at once, bad after as many failures in a row as the manifest says. */
  async #every(
    probe: Probe | undefined,
    watched: () => boolean,
    tell: (good: boolean) => void,
  ): Promise<void> {
    if (!probe) {
      tell(watched());
      return;
    }
    let failures = 0;
    let everGood = false;
    while (watched()) {
      const good = await this.#ask(probe);
      if (!watched()) return;
      failures = good ? 0 : failures + 1;
      everGood ||= good;
      if (good) tell(true);
      else if (failures === probe.failureThreshold) tell(false);
      // Until the first success asked as often as the startup probe: the manifest's period is no time to wait for.
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

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#wake.signal.removeEventListener("abort", over);
        resolve();
      }, ms);
      this.#wake.signal.addEventListener("abort", over, { once: true });
      if (this.#wake.signal.aborted) over();
    });
  }
}

/** A kubelet would fail such a probe for ever, and nobody would know why. */
function checkPorts({ name, ports, probes }: PodSpec): void {
  const missing = Object.values(probes)
    .map(({ port }) => port)
    .filter((port) => ports[port] === undefined);
  if (missing.length === 0) return;
  throw new Error(
    `${name}: probes ask port ${[...new Set(missing)].join(", ")}; the container has ${Object.keys(ports).join(", ") || "none"}`,
  );
}
