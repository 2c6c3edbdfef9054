import { findErrorBy } from "@platformatic/kafka";
import { errorMessage, ServiceError } from "../errors/index.ts";

/** Kafka refused or did not answer. */
class KafkaError extends ServiceError {
  override readonly name = "KafkaError";

  constructor(operation: string, cause: unknown) {
    super("kafka", `${operation} failed: ${deepestMessage(cause)}`, { retryable: isRetryable(cause), cause });
  }
}

/** Wraps an error of the client; a KafkaError stays as it is. */
export function toKafkaError(operation: string, cause: unknown): KafkaError {
  return cause instanceof KafkaError ? cause : new KafkaError(operation, cause);
}

/**
 * The client marks permanent errors, such as a record that is too large or a missing permission. Every other error may
 * be temporary: brokers restart, leaders move.
 */
function isRetryable(cause: unknown): boolean {
  return !(cause instanceof Error) || findErrorBy(cause, "canRetry", false) === null;
}

/** The client nests its errors; the innermost one names the cause ("connect ECONNREFUSED …"). */
function deepestMessage(cause: unknown): string {
  let error = cause;
  for (let depth = 0; depth < 5; depth += 1) {
    const inner =
      error instanceof AggregateError
        ? error.errors.at(-1)
        : error instanceof Error
          ? error.cause
          : undefined;
    if (inner === undefined || inner === null) break;
    error = inner;
  }
  return errorMessage(error);
}
