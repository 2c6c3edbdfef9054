import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Of this checkout, for a user whose folder cannot be written, such as one without a home. */
const ownCache = join(
  import.meta.dirname,
  "..",
  "..",
  "node_modules",
  ".cache",
  "task-platform",
  "downloads",
);

/** Downloads and builds are kept across runs and checkouts. Deleting the folder costs one download or build of each. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const folder = join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "task-platform");
  return canWrite(folder) ? folder : ownCache;
}

function canWrite(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
