export { readCommandLine, runProgram, usageError } from "./command-line.ts";
export { fitTerminal } from "./fit.ts";
