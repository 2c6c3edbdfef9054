import { isTransientDatabaseError } from "@task-platform/runtime/database";
import { Problem, type ProblemDetail } from "./problem.ts";

/** A failover of the database takes longer; a restart of one connection does not. */
const retryAfterSeconds = "2";

/** Nothing of an error that is not ours reaches the caller: its text may hold names of hosts, tables or files. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isTransientDatabaseError(error)) {
    return new Problem("unavailable", "the service cannot reach its data now", {
      headers: { "retry-after": retryAfterSeconds },
    });
  }
  return new Problem("internal", "the service failed; it has been recorded under the correlation id");
}

/** What a schema finds wrong in one place. */
export interface SchemaFinding {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The refusal of a request that does not fit its schema; `name` turns a pointer into the caller's word for the place. */
export function schemaProblem(
  findings: readonly SchemaFinding[],
  name: (pointer: string) => string,
): Problem {
  const errors = findings.flatMap(({ keyword, instancePath, message, params }): ProblemDetail[] => {
    // An unknown member is told twice: at its own place, and in a list for the object, which may be cut short.
    if (keyword === "additionalProperties") return [];
    if (keyword === "boolean") return [{ pointer: name(instancePath), detail: "is not known here" }];
    const missing = params.requiredProperties;
    if (Array.isArray(missing)) {
      return missing.map((member) => ({
        pointer: name(`${instancePath}/${String(member)}`),
        detail: "is required",
      }));
    }
    return [{ pointer: name(instancePath), detail: message ?? "is not valid" }];
  });
  return new Problem("invalid-request", "the request does not fit its schema", { errors });
}
