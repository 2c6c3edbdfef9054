export { type KeyDomain, keyDomains, keyPolicy } from "./key-policy.ts";
export { Keys, type KeysArgs } from "./keys.ts";
