export type { LogArchiveArgs } from "./args.ts";
export { LogArchive } from "./log-archive.ts";
