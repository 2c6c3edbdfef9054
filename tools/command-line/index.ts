export { endWithReader, readCommandLine, usageError } from "./command-line.ts";
