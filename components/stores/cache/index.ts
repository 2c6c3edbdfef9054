export type { CacheArgs } from "./args.ts";
export { Cache, cachePort } from "./cache.ts";
export { checkCacheSettings } from "./check.ts";
export type { CacheSettings } from "./settings.ts";
export { cacheConnectStatement } from "./users.ts";
