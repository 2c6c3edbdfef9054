export { buildCli, cannotBuild } from "./build.ts";
export { builtCli, builtVersion, type Cli, type CliSearch, findCli } from "./find.ts";
