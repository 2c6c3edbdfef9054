export { readCommandLine, usageError } from "./command-line.ts";
