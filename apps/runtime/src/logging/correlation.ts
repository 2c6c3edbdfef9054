import { AsyncLocalStorage } from "node:async_hooks";

/** Identifies one request, message or job in every log line and event that it causes. */
export interface Correlation {
  readonly correlationId: string;
  /** Set once the caller is known. */
  userId?: string;
  /** W3C trace context as received; passed on unchanged. */
  readonly traceparent?: string;
}

/** HTTP header with the correlation id. Kafka records carry it as `correlation_id`. */
export const correlationHeader = "x-correlation-id";

const storage = new AsyncLocalStorage<Correlation>();

/** Runs `run`, and everything that it starts, with a correlation. */
export function withCorrelation<T>(correlation: Correlation, run: () => T): T {
  return storage.run(correlation, run);
}

/** Correlation of the current request, message or job; undefined outside of one. */
export function currentCorrelation(): Correlation | undefined {
  return storage.getStore();
}

/** Trace id of the W3C trace context, `00-<trace id>-<span id>-<flags>`; undefined without one. */
export function traceIdOf(correlation: Correlation): string | undefined {
  return correlation.traceparent?.split("-")[1];
}
