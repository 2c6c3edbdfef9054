export { canonicalHash } from "./canonical-hash.ts";
export { forgetExpiredKeys } from "./expiry.ts";
export { keyReused, lockOfKey, requestInProgress } from "./key.ts";
export { idempotencyKey } from "./key-header.ts";
