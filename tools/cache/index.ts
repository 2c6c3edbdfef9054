export { cacheFolder } from "./cache-folder.ts";
