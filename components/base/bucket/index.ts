export type { BucketArgs, CopyArgs } from "./args.ts";
export { Bucket } from "./bucket.ts";
export { bucketStatements } from "./statements.ts";
