export { Bucket, type BucketArgs, bucketStatements } from "./bucket.ts";
