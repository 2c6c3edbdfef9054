export { LogArchive, type LogArchiveArgs } from "./log-archive.ts";
