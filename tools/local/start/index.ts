export { startIssuer } from "./issuer.ts";
export { type Options, parseOptions, usage } from "./options.ts";
export { folderOf, run, startEnvironment } from "./run.ts";
