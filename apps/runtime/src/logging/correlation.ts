import { AsyncLocalStorage } from "node:async_hooks";

/** What belongs to one request, message or job, and is written into every line and event it causes. */
export interface Correlation {
  readonly correlationId: string;
  /** Set once the caller is known. */
  userId?: string;
  /** W3C trace context as it came in, handed on unchanged. */
  readonly traceparent?: string;
}

/** Header of HTTP and of Kafka records (there in lower case with an underscore) that carries the id. */
export const correlationHeader = "x-correlation-id";

const storage = new AsyncLocalStorage<Correlation>();

/** Runs `run`, and everything it starts, under a correlation. */
export function withCorrelation<T>(correlation: Correlation, run: () => T): T {
  return storage.run(correlation, run);
}

/** Correlation of the running request, message or job; undefined outside of one. */
export function currentCorrelation(): Correlation | undefined {
  return storage.getStore();
}

/** Trace id of a correlation that came in with a W3C context: `00-<trace id>-<span id>-<flags>`. */
export function traceIdOf(correlation: Correlation): string | undefined {
  return correlation.traceparent?.split("-")[1];
}
