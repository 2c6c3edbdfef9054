import { errorCode } from "../errors/index.ts";

/** Codes of sockets and name resolution while a server is down, restarting or failing over. */
const networkCodes: readonly string[] = [
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
];

/** SQLSTATEs after which the same transaction may succeed. */
const transientStates: readonly string[] = [
  "40001", // serialization failure
  "40P01", // deadlock
  "55P03", // lock not available
  "57014", // cancelled, by statement_timeout
  "57P01", // administrator shutdown
  "57P02", // crash shutdown
  "57P03", // cannot connect now
  "25006", // read only: the primary has just become a replica
  "25P03", // idle in transaction timeout
];

/** Whole classes: 08 connection exceptions, 53 insufficient resources (too many connections, disk full). */
const transientClasses: readonly string[] = ["08", "53"];

/** Texts of the client's errors for broken connections, which have no code. */
const clientMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|timeout expired)/;

/** Whether the same work may succeed later: the server is down or busy, or the transaction lost a race. */
export function isTransientDatabaseError(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isTransientDatabaseError);
  const code = errorCode(error);
  if (code !== undefined) {
    return (
      networkCodes.includes(code) ||
      transientStates.includes(code) ||
      (code.length === 5 && transientClasses.includes(code.slice(0, 2)))
    );
  }
  return error instanceof Error && clientMessages.test(error.message);
}

/** SQLSTATE classes about the values: data exception, violated constraint. */
const dataClasses: readonly string[] = ["22", "23"];

/** SQLSTATE of an error of PostgreSQL; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const code = errorCode(error);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** A check that a row breaks has a name. Without one it is the missing partition of a partitioned table, which can be made. */
const checkViolation = "23514";

/** Whether the values of a row are to blame: the same row fails again, and another may succeed. */
export function isDataError(error: unknown): boolean {
  const state = sqlState(error);
  if (state === checkViolation && !(error instanceof Error && "constraint" in error)) return false;
  return dataClasses.includes(state?.slice(0, 2) ?? "");
}
