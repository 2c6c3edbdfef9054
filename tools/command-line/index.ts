export { type CommandLine, type OptionSpec, readCommandLine, usageError } from "./command-line.ts";
