import { randomUUID } from "node:crypto";
import type { Correlation } from "@task-platform/runtime/logging";

/** The characters that are safe in logs, headers and events without escaping. */
const idPattern = /^[A-Za-z0-9._:-]{1,128}$/;
const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The correlation of a request: the caller's id when it is valid, otherwise a new one. */
export function correlationOf(id: unknown, traceparent: unknown): Correlation {
  return {
    correlationId: typeof id === "string" && idPattern.test(id) ? id : randomUUID(),
    ...(typeof traceparent === "string" && traceparentPattern.test(traceparent) ? { traceparent } : {}),
  };
}
