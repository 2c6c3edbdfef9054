import { homedir } from "node:os";
import { join } from "node:path";

/** Downloads and builds are kept across runs and checkouts. Deleting the folder costs one download or build of each. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "task-platform");
}
