import { dirname } from "node:path/posix";
import { isSource, isTest } from "../repository.ts";

const limit = 12;

/** Folders with more source files than one can keep in mind. Tests and doors are not counted. */
export function crowdedRooms(files: readonly string[]): string[] {
  const counted = files.filter((file) => isSource(file) && !isTest(file) && !file.endsWith("/index.ts"));
  return [...Map.groupBy(counted, dirname)]
    .filter(([, inside]) => inside.length > limit)
    .map(([folder, inside]) => `${folder}: ${inside.length} source files; allowed: ${limit}`);
}

const mostBlocks = 8;

/** Wards with more blocks than one can keep in mind. */
export function crowdedWards(files: readonly string[]): string[] {
  const doors = files.filter((file) => /^components\/[^/]+\/[^/]+\/index\.ts$/.test(file));
  return [...Map.groupBy(doors, (door) => dirname(dirname(door)))]
    .filter(([, blocks]) => blocks.length > mostBlocks)
    .map(([ward, blocks]) => `${ward}: ${blocks.length} blocks; allowed: ${mostBlocks}`);
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
