import type { Logger } from "../logging/index.ts";

export type LifecycleState = "starting" | "ready" | "stopping" | "stopped";
export type StopHook = () => void | Promise<void>;

/** What a service sees of its own life. */
export interface Lifecycle {
  /** Aborted when the service shall stop pulling new work. */
  readonly signal: AbortSignal;
  readonly state: LifecycleState;
  /** Registers what must be stopped; hooks run one after the other, the last one registered first. */
  onStop(name: string, hook: StopHook): void;
  /** The service takes work from now on; ignored once it is stopping. */
  ready(): void;
  /** Something that the service cannot live without is broken: it drains and ends with exit code 1. */
  fail(error: unknown): void;
}

/** The life of a process, without the process: signals and exit codes are its caller's. */
export class ServiceLifecycle implements Lifecycle {
  state: LifecycleState = "starting";
  readonly #controller = new AbortController();
  readonly #hooks: { readonly name: string; readonly hook: StopHook }[] = [];
  readonly #logger: Logger;
  #failed = false;
  readonly #onFail: () => void;

  constructor(logger: Logger, onFail: () => void) {
    this.#logger = logger;
    this.#onFail = onFail;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get failed(): boolean {
    return this.#failed;
  }

  onStop(name: string, hook: StopHook): void {
    this.#hooks.push({ name, hook });
  }

  ready(): void {
    if (this.state !== "starting") return;
    this.state = "ready";
    this.#logger.info("ready");
  }

  fail(error: unknown): void {
    this.#failed = true;
    this.#logger.error({ error }, "the service cannot go on");
    this.#onFail();
  }

  /** Readiness false first, then the signal: a probe never sees a service that pulls no more and says it is ready. */
  beginStop(): void {
    this.state = "stopping";
    this.#controller.abort();
  }

  /** Runs every hook, also after one has failed; a hook registered meanwhile runs too. */
  async runStopHooks(): Promise<void> {
    for (let next = this.#hooks.pop(); next !== undefined; next = this.#hooks.pop()) {
      try {
        await next.hook();
        this.#logger.debug({ part: next.name }, "stopped");
      } catch (error) {
        this.#failed = true;
        this.#logger.error({ error, part: next.name }, "could not be stopped cleanly");
      }
    }
    this.state = "stopped";
  }
}
