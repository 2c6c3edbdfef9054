export { buildCli, cannotBuild } from "./build.ts";
export { builtCli, builtVersion, type Cli, findCli } from "./find.ts";
