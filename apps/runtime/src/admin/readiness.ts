import { errorMessage } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";
import { within } from "../timing/index.ts";

export interface ReadinessCheck {
  readonly name: string;
  /** Rejects when the dependency cannot be used. */
  readonly check: () => Promise<void>;
}

/** Below the 2 s that probes wait, so that the probe gets an answer instead of a timeout. */
const checkTimeoutMs = 1_000;
/** Each dependency is checked at most once per second, however many probes arrive. */
const cacheMs = 1_000;

/** Whether every dependency answers within one second. */
export class Readiness {
  readonly #checks: readonly ReadinessCheck[];
  readonly #logger: Logger | undefined;
  readonly #failing = new Set<string>();
  #answer: { readonly until: number; readonly passes: Promise<boolean> } | undefined;

  constructor(checks: readonly ReadinessCheck[], logger: Logger | undefined) {
    this.#checks = checks;
    this.#logger = logger;
  }

  passes(): Promise<boolean> {
    const now = performance.now();
    if (this.#answer === undefined || this.#answer.until <= now) {
      this.#answer = { until: now + cacheMs, passes: this.#checkAll() };
    }
    return this.#answer.passes;
  }

  async #checkAll(): Promise<boolean> {
    const results = await Promise.all(this.#checks.map((one) => this.#passesOne(one)));
    return results.every(Boolean);
  }

  /** Logs only when the answer changes: a probe every few seconds would fill the log during an outage. */
  async #passesOne({ name, check }: ReadinessCheck): Promise<boolean> {
    try {
      await within(checkTimeoutMs, check());
      if (this.#failing.delete(name)) this.#logger?.info({ check: name }, "dependency is back");
      return true;
    } catch (error) {
      if (!this.#failing.has(name)) {
        this.#failing.add(name);
        this.#logger?.warn({ check: name, reason: errorMessage(error) }, "dependency cannot be used");
      }
      return false;
    }
  }
}
