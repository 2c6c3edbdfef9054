import { errorMessage } from "../errors/index.ts";
import type { Logger } from "../logging/index.ts";

export interface ReadinessCheck {
  readonly name: string;
  /** Rejects when the dependency cannot be used. */
  readonly check: () => Promise<void>;
}

/** Below the 2 s that probes wait, so that the answer is ours and not a timeout. */
const checkTimeoutMs = 1_000;
/** However many ask, a dependency is asked once a second. */
const cacheMs = 1_000;

/** Whether every dependency answers; each is asked at most once a second and given one second. */
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
      this.#answer = { until: now + cacheMs, passes: this.#ask() };
    }
    return this.#answer.passes;
  }

  async #ask(): Promise<boolean> {
    const results = await Promise.all(this.#checks.map((one) => this.#passesOne(one)));
    return results.every(Boolean);
  }

  /** Logs only when the answer changes: a probe every few seconds would fill the log during an outage. */
  async #passesOne({ name, check }: ReadinessCheck): Promise<boolean> {
    try {
      await inTime(check());
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

async function inTime(work: Promise<void>): Promise<void> {
  const overdue = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => overdue.reject(new Error(`no answer within ${checkTimeoutMs} ms`)),
    checkTimeoutMs,
  );
  try {
    await Promise.race([work, overdue.promise]);
  } finally {
    clearTimeout(timer);
  }
}
