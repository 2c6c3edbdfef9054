export { canonicalHash } from "./canonical-hash.ts";
export { deleteExpiredKeys, forgetExpiredKeys } from "./expiry.ts";
export { idempotencyKey } from "./key-header.ts";
export { type IdempotentRequest, type StoredAnswer, withIdempotency } from "./with-idempotency.ts";
