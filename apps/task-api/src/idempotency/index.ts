export { canonicalHash } from "./canonical-hash.ts";
export { forgetExpiredKeys } from "./expiry.ts";
export { idempotencyKey } from "./key-header.ts";
export { type StoredAnswer, withIdempotency } from "./with-idempotency.ts";
