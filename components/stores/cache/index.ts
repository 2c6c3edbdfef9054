export type { ApplicationUser, CacheArgs, CachePurpose } from "./args.ts";
export { Cache, cachePort } from "./cache.ts";
export { checkCacheSettings } from "./check-settings.ts";
export type { CacheSettings } from "./settings.ts";
export { connectStatement as cacheConnectStatement } from "./users.ts";
