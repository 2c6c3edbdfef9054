export { alertPublishers, type KeyDomain, keyDomains, keyPolicy } from "./key-policy.ts";
export { Keys } from "./keys.ts";
