import { dirname } from "node:path/posix";
import { isSource, isTest } from "../repository.ts";

const limit = 12;

/** Folders that are one table in many files, which people look up and never read from end to end. */
export const tables: Readonly<Record<string, string>> = {};

/** Folders with more source files than one can keep in mind. Tests and doors are not counted. */
export function crowdedRooms(files: readonly string[], exceptions = tables): string[] {
  const counted = files.filter((file) => isSource(file) && !isTest(file) && !file.endsWith("/index.ts"));
  return [...Map.groupBy(counted, dirname)]
    .filter(([folder, inside]) => inside.length > limit && exceptions[folder] === undefined)
    .map(([folder, inside]) => `${folder}: ${inside.length} source files; allowed: ${limit}`);
}

/** Parts of `infra` that are neither one of its rooms nor one of its few files at the top. */
export function strangersInInfra(
  files: readonly string[],
  rooms: readonly string[],
  topFiles: readonly string[],
): string[] {
  const parts = files
    .filter((file) => file.startsWith("infra/") && !isTest(file))
    .map((file) => file.split("/"));
  return parts
    .filter(([, part = "", inside]) => !(inside === undefined ? topFiles : rooms).includes(part))
    .map((path) => `${path.join("/")}: is neither in a room nor a file for the top of infra`);
}
