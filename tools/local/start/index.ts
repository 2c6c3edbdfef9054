export { startIssuer } from "./issuer.ts";
export { parseOptions, usage } from "./options.ts";
export { folderOf, run, startEnvironment } from "./run.ts";
