import type { Logger } from "../logging/index.ts";

type LifecycleState = "starting" | "ready" | "stopping" | "stopped";
type StopHook = () => void | Promise<void>;

/** State of the process for the parts of a service. */
export interface Lifecycle {
  /** Aborted when the service must stop accepting new work. */
  readonly signal: AbortSignal;
  readonly state: LifecycleState;
  /** Registers a hook that stops a part. Hooks run one after the other, the last registered one first. */
  onStop(name: string, hook: StopHook): void;
  /** The service accepts work from now on. Ignored once it is stopping. */
  ready(): void;
  /** Reports a failure that the service cannot survive: it drains and exits with code 1. */
  fail(error: unknown): void;
}

/** The lifecycle without the process: the caller handles signals and exit codes. */
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
    this.#logger.error({ error }, "the service cannot continue");
    this.#onFail();
  }

  /** Sets the state before it aborts the signal: the service never says "ready" when it accepts no more work. */
  beginStop(): void {
    this.state = "stopping";
    this.#controller.abort();
  }

  /** Runs every hook, also after one has failed. A hook that is registered meanwhile runs too. */
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
