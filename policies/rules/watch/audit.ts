import {
  custom,
  customKey,
  isTrue,
  list,
  overStack,
  present,
  property,
  type Rule,
  read,
  unless,
} from "../../kit/index.ts";

const trail = "aws:cloudtrail/trail:Trail";
const lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const copy = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const onlyProd = ["prod"] as const;

/** One environment of an account owns these; the rules hold wherever they are declared. */
export const auditRules: readonly Rule[] = [
  ...(["isMultiRegionTrail", "includeGlobalServiceEvents"] as const).map((path) =>
    property({
      id: path === "isMultiRegionTrail" ? "trail-of-every-region" : "trail-of-global-services",
      controls: ["CT-01"],
      severity: "high",
      environments: onlyProd,
      types: [trail],
      path,
      is: isTrue,
      whatToDo: "turn it on: an attacker uses the region that nobody watches",
    }),
  ),
  property({
    id: "trail-own-key",
    controls: ["CT-02"],
    severity: "medium",
    environments: onlyProd,
    types: [trail],
    path: "kmsKeyId",
    is: customKey,
    whatToDo: "use a customer managed key",
  }),
  property({
    id: "trail-tamper-evident",
    controls: ["CT-03"],
    severity: "high",
    environments: onlyProd,
    types: [trail],
    path: "enableLogFileValidation",
    is: isTrue,
    whatToDo: "turn it on",
  }),
  ...(["cloudWatchLogsGroupArn", "cloudWatchLogsRoleArn"] as const).map((path) =>
    property({
      id: path === "cloudWatchLogsGroupArn" ? "trail-searchable" : "trail-delivered-by-role",
      controls: ["CT-04"],
      severity: "low",
      environments: onlyProd,
      types: [trail],
      path,
      is: present("arn:aws:logs:us-east-1:111122223333:log-group:audit:*"),
      whatToDo: "deliver to a log group, so that alarms can watch it",
    }),
  ),
  property({
    id: "trail-on",
    controls: ["CT-05"],
    severity: "low",
    environments: onlyProd,
    types: [trail],
    path: "enableLogging",
    is: isTrue,
    missingIs: "right",
    whatToDo: "leave it on",
  }),
  property({
    id: "trail-tells-deliveries",
    controls: ["CT-05"],
    severity: "low",
    environments: onlyProd,
    types: [trail],
    path: "snsTopicName",
    is: present("audit"),
    whatToDo: "name a topic",
  }),
  custom({
    id: "trail-of-data",
    controls: ["CT-07"],
    severity: "low",
    environments: onlyProd,
    types: [trail],
    whatToDo: "record S3 data events of the state, audit and backup buckets",
    check: ({ eventSelectors, advancedEventSelectors }) =>
      unless(
        list(eventSelectors).length + list(advancedEventSelectors).length > 0,
        "eventSelectors: got nothing; allowed: data events of S3",
      ),
    pass: {
      eventSelectors: [{ dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3:::state/"] }] }],
    },
    fail: { eventSelectors: [] },
  }),
  overStack({
    id: "trail-locked",
    controls: ["S3-12"],
    severity: "medium",
    environments: onlyProd,
    whatToDo:
      "lock its bucket with a default retention: an attacker must not be able to delete the audit records",
    check: (stack) =>
      stack
        .of(trail)
        .filter(
          (resource) =>
            !stack
              .of(lock)
              .some(
                (config) =>
                  stack.linked(resource, "s3BucketName", config) &&
                  Number(read(config.inputs, "rule.defaultRetention.days")) > 0,
              ),
        )
        .map((resource) => ({
          resource,
          message: "s3BucketName: got a bucket without a lock; allowed: a bucket with a lock",
        })),
    pass: [
      { type: trail, inputs: { s3BucketName: "audit" } },
      { type: lock, id: "audit", inputs: { rule: { defaultRetention: { mode: "COMPLIANCE", days: 365 } } } },
    ],
    fail: [
      { type: trail, inputs: { s3BucketName: "audit" } },
      { type: lock, id: "audit", inputs: {} },
    ],
    missing: [{ type: trail }],
  }),
  overStack({
    id: "trail-copied",
    controls: ["S3-13"],
    severity: "medium",
    environments: onlyProd,
    whatToDo:
      "replicate its bucket to another region: an attacker who controls this region must not control all evidence",
    check: (stack) =>
      stack
        .of(trail)
        .filter(
          (resource) => !stack.of(copy).some((config) => stack.linked(resource, "s3BucketName", config)),
        )
        .map((resource) => ({
          resource,
          message: "s3BucketName: got a bucket without a copy; allowed: a bucket with a copy",
        })),
    pass: [
      { type: trail, inputs: { s3BucketName: "audit" } },
      { type: copy, id: "audit" },
    ],
    fail: [
      { type: trail, inputs: { s3BucketName: "audit" } },
      { type: copy, id: "another" },
    ],
    missing: [{ type: trail }],
  }),
];
