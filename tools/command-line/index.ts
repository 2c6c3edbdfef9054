export { readCommandLine, runProgram, usageError } from "./command-line.ts";
