import { hash } from "node:crypto";
import { type DestinationStream, type Logger, pino } from "pino";
import type { LogLevel } from "../config/index.ts";
import { errorCode } from "../errors/index.ts";
import { currentCorrelation, traceIdOf } from "./correlation.ts";

export type { Logger };

/** Keys that may hold a secret, at the top and one level deeper. Bodies and headers are never logged as a whole. */
const secretKeys = ["authorization", "cookie", "password", "secret", "token", "SecretString"];
const redactedPaths = secretKeys.flatMap((key) => [key, `*.${key}`]);

/** Value of `logger` in a line, unless `logger.child({ logger: "…" })` sets another. */
const mainLogger = "main";

/**
 * Logger of a service: one JSON object per line with timestamp (UTC), level, logger, message, correlation_id,
 * user_id (hashed) and trace_id. Lines are collected for a moment and written together: one write per line was the largest part of
 * a request. They stay in order, and those of the last moment are written at exit. Only `kill -9` loses them.
 */
export function createLogger(
  options: { readonly service: string; readonly level: LogLevel },
  destination?: DestinationStream,
): Logger {
  const settings = {
    level: options.level,
    base: { service: options.service },
    messageKey: "message",
    errorKey: "error",
    timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: errorFields },
    redact: { paths: redactedPaths, censor: "[redacted]" },
    mixin: (_merged: object, _level: number, logger: Logger) => ({
      ...(isNamed(logger) ? {} : { logger: mainLogger }),
      ...correlationFields(),
    }),
  };
  return pino(settings, destination ?? collectedOutput());
}

/** Lines wait at most this long, or until they fill a page of memory. */
const flushEveryMs = 50;
const flushBytes = 4_096;

/**
 * Standard output in few writes. They are synchronous: one that is still on its way at exit would be written again.
 */
function collectedOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: true, minLength: flushBytes });
  // Not `flushSync`, which also waits for the disk: that was a twentieth of the processor time of a request.
  setInterval(() => output.flush(), flushEveryMs).unref();
  process.once("exit", () => output.flushSync());
  return output;
}

/** Most causes that are logged; a chain of causes may be circular. */
const deepestCause = 4;

/**
 * The members of an error that are logged. Others are left out: those of a database error hold the row, and so data
 * of a user; those of a client hold addresses and options.
 */
function errorFields(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  return {
    type: error.name,
    message: error.message,
    code: errorCode(error),
    stack: error.stack,
    ...(error.cause === undefined || depth >= deepestCause
      ? {}
      : { cause: errorFields(error.cause, depth + 1) }),
  };
}

const hashes = new Map<string, string>();
/** A request needs the hash of its user several times. */
const mostHashes = 10_000;

/** Replaces a user in logs: it connects the lines of one user without telling who the user is. */
export function userHash(userId: string): string {
  const known = hashes.get(userId);
  if (known !== undefined) return known;
  const short = hash("sha256", userId, "hex").slice(0, 16);
  if (hashes.size >= mostHashes) hashes.clear();
  hashes.set(userId, short);
  return short;
}

const named = new WeakMap<Logger, boolean>();

function isNamed(logger: Logger): boolean {
  const known = named.get(logger);
  if (known !== undefined) return known;
  const answer = "logger" in logger.bindings();
  named.set(logger, answer);
  return answer;
}

function correlationFields(): Record<string, string> {
  const correlation = currentCorrelation();
  if (correlation === undefined) return {};
  const traceId = traceIdOf(correlation);
  return {
    correlation_id: correlation.correlationId,
    ...(correlation.userId === undefined ? {} : { user_id: userHash(correlation.userId) }),
    ...(traceId === undefined ? {} : { trace_id: traceId }),
  };
}
