/** Writes the stack of an error as text. */
type Format = (error: Error, callSites: NodeJS.CallSite[]) => unknown;

/**
 * Errors without a message get no stack until the returned function is called. The SDK reads the stack of one for every
 * promise, to report promises that never end, and formatting the stacks takes a third of the time of a plan. Errors with a
 * message keep their stack. Another formatter, such as the one of a test runner, stays in use for these.
 */
export function skipTracesOfPromises(): () => void {
  const before = Error.prepareStackTrace as Format | undefined;
  const format: Format =
    before ?? ((error, callSites) => [error, ...callSites].map(String).join("\n    at "));
  const skipping: Format = (error, callSites) => (error.message === "" ? "" : format(error, callSites));
  Error.prepareStackTrace = skipping;
  return () => {
    // Somebody may have set another formatter meanwhile.
    if (Error.prepareStackTrace === skipping) Object.assign(Error, { prepareStackTrace: before });
  };
}
