import {
  between,
  custom,
  hardened,
  isFalse,
  isForEverybody,
  isMadeByProvider,
  list,
  mismatch,
  namesCaller,
  never,
  type Plain,
  pair,
  policyDocument,
  policyDocumentRule,
  property,
  publicAccessFlags,
  type Rule,
  read,
  record,
  startOfName,
  text,
  texts,
} from "../../kit/index.ts";

const bucket = "aws:s3/bucket:Bucket";
const policy = "aws:s3/bucketPolicy:BucketPolicy";
const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

const tlsOnly = {
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const delivery = {
  Principal: { Service: "delivery.logs.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::logs/*",
};
const ofAccount = { StringEquals: { "aws:SourceAccount": "111122223333" } };

const allFlags = Object.fromEntries(publicAccessFlags.map((flag) => [flag, true]));

function encryption(inputs: Plain): Plain {
  return record(read(list(inputs.rules)[0], "applyServerSideEncryptionByDefault"));
}

/** S3 accepts dots too, but a certificate of S3 does not match them. */
function isPlain(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name) &&
    /(dev|staging|prod|dr)/.test(name) &&
    !/\d{12}/.test(name)
  );
}

export const bucketRules: readonly Rule[] = [
  pair({
    id: "bucket-blocks-public",
    controls: ["S3-01"],
    severity: "high",
    of: bucket,
    partner: block,
    by: "bucket",
    partnerIs: (inputs) => publicAccessFlags.every((flag) => inputs[flag] === true),
    wanted: "a public access block with all four flags true",
    whatToDo: "add it",
    pass: allFlags,
    fail: { ...allFlags, restrictPublicBuckets: false },
  }),
  pair({
    id: "bucket-encrypted",
    controls: ["S3-03"],
    severity: "medium",
    of: bucket,
    partner: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    by: "bucket",
    partnerIs: (inputs) =>
      encryption(inputs).sseAlgorithm === "aws:kms" &&
      text(encryption(inputs).kmsMasterKeyId) !== "" &&
      record(list(inputs.rules)[0]).bucketKeyEnabled === true,
    wanted: "aws:kms with a customer key and bucketKeyEnabled",
    whatToDo:
      "encrypt it with a customer managed key; only a bucket that a load balancer writes to cannot have one",
    pass: {
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "key" },
          bucketKeyEnabled: true,
        },
      ],
    },
    fail: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
  }),
  pair({
    id: "bucket-versioned",
    controls: ["S3-04"],
    severity: "medium",
    of: bucket,
    partner: "aws:s3/bucketVersioning:BucketVersioning",
    by: "bucket",
    partnerIs: (inputs) => read(inputs, "versioningConfiguration.status") === "Enabled",
    wanted: 'versioning with status "Enabled"',
    whatToDo: "turn it on",
    pass: { versioningConfiguration: { status: "Enabled" } },
    fail: { versioningConfiguration: { status: "Suspended" } },
  }),
  pair({
    id: "bucket-access-logged",
    controls: ["S3-05"],
    severity: "medium",
    environments: hardened,
    of: bucket,
    partner: "aws:s3/bucketLogging:BucketLogging",
    by: "bucket",
    wanted: "access logs in another bucket",
    whatToDo: "log access to it, or add it to the waiver for buckets of its kind",
    pass: { targetBucket: "logs" },
  }),
  pair({
    id: "bucket-expires",
    controls: ["S3-06"],
    severity: "low",
    of: bucket,
    partner: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    by: "bucket",
    partnerIs: (inputs) =>
      list(inputs.rules).some(
        (rule) =>
          Number(read(rule, "expiration.days")) > 0 &&
          Number(read(rule, "noncurrentVersionExpiration.noncurrentDays")) > 0,
      ),
    wanted: "an expiration for current and for old versions",
    whatToDo: "add a lifecycle",
    pass: { rules: [{ expiration: { days: 30 }, noncurrentVersionExpiration: { noncurrentDays: 7 } }] },
    fail: { rules: [{ expiration: { days: 30 } }] },
  }),
  property({
    id: "bucket-drops-half-uploads",
    controls: ["S3-07"],
    severity: "low",
    types: ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"],
    path: "rules[].abortIncompleteMultipartUpload.daysAfterInitiation",
    is: between(1, 7),
    whatToDo: "abort incomplete uploads after 7 days: they cost money and appear in no listing",
  }),
  pair({
    id: "bucket-owned",
    controls: ["S3-08"],
    severity: "medium",
    of: bucket,
    partner: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    by: "bucket",
    partnerIs: (inputs) => read(inputs, "rule.objectOwnership") === "BucketOwnerEnforced",
    wanted: 'objectOwnership "BucketOwnerEnforced"',
    whatToDo: "add it: it disables access control lists",
    pass: { rule: { objectOwnership: "BucketOwnerEnforced" } },
    fail: { rule: { objectOwnership: "ObjectWriter" } },
  }),
  never({
    id: "bucket-without-access-list",
    controls: ["S3-08"],
    severity: "medium",
    types: ["aws:s3/bucketAcl:BucketAcl"],
    whatToDo: "use a bucket policy",
  }),
  pair({
    id: "bucket-by-tls-only",
    controls: ["S3-10"],
    severity: "high",
    of: bucket,
    partner: policy,
    by: "bucket",
    partnerIs: (inputs) => text(inputs.policy).includes('"aws:SecureTransport":"false"'),
    wanted: "a policy that denies requests without TLS",
    whatToDo: "add the statement",
    pass: { policy: policyDocument(tlsOnly) },
    fail: { policy: policyDocument({ ...delivery, Condition: ofAccount }) },
  }),
  policyDocumentRule({
    id: "bucket-policy-closed",
    controls: ["S3-10", "CT-06"],
    severity: "critical",
    types: [policy],
    path: "policy",
    whatToDo: "name the principals; bind services to this account by aws:SourceAccount or aws:SourceArn",
    wrong: (statement) => {
      if (!statement.allows) return undefined;
      if (isForEverybody(statement) && !namesCaller(statement)) return "admits everybody";
      const service = statement.principals.some((principal) => principal.startsWith("Service:"));
      return service && !namesCaller(statement) ? "admits a service on behalf of any account" : undefined;
    },
    pass: policyDocument(tlsOnly, { ...delivery, Condition: ofAccount }),
    fail: policyDocument(tlsOnly, delivery),
  }),
  policyDocumentRule({
    id: "bucket-policy-not-locked",
    controls: ["S3-11"],
    severity: "high",
    types: [policy],
    path: "policy",
    whatToDo: "remove the statement: only the root user could undo it",
    wrong: ({ allows, principals, conditions, actions }) =>
      !allows &&
      principals.includes("*") &&
      actions.some((action) => action === "s3:*" || action === "*") &&
      Object.keys(conditions).length === 0
        ? "denies everything to everybody"
        : undefined,
    pass: policyDocument(tlsOnly),
    fail: policyDocument({ ...tlsOnly, Condition: {} }),
  }),
  property({
    id: "bucket-not-emptied",
    controls: ["S3-14"],
    severity: "high",
    environments: hardened,
    types: [bucket],
    path: "forceDestroy",
    is: isFalse,
    missingIs: "right",
    whatToDo: "set false: otherwise a destroy deletes every object in it",
  }),
  custom({
    id: "bucket-name-plain",
    controls: ["S3-17"],
    severity: "low",
    types: [bucket],
    missingIs: "right",
    whatToDo: "rename it, or let Pulumi name it",
    check: ({ bucket: name }, _context, resource) =>
      name === undefined || isMadeByProvider(name, resource) || isPlain(text(name))
        ? []
        : [
            mismatch(
              "bucket",
              name,
              "letters, digits and hyphens, with the environment and without an account number",
            ),
          ],
    pass: { bucket: "task-prod-audit" },
    fail: { bucket: "Task.Audit.111122223333" },
  }),
  custom({
    id: "bucket-of-audit-locked",
    controls: ["S3-12"],
    severity: "medium",
    environments: ["prod"],
    types: [bucket],
    missingIs: "right",
    whatToDo: "set objectLockEnabled: an attacker must not be able to delete the audit records",
    check: ({ objectLockEnabled }, _context, resource) =>
      /(audit|trail|backup)/.test(startOfName(resource, "bucket")) && objectLockEnabled !== true
        ? [mismatch("objectLockEnabled", objectLockEnabled, "true")]
        : [],
    pass: { bucket: "task-prod-audit", objectLockEnabled: true },
    fail: { bucket: "task-prod-audit", objectLockEnabled: false },
  }),
  custom({
    id: "bucket-copies-encrypted",
    controls: ["S3-13"],
    severity: "medium",
    environments: ["prod"],
    types: ["aws:s3/bucketReplicationConfig:BucketReplicationConfig"],
    whatToDo: "name a key in the region of the copy",
    check: ({ rules }) =>
      list(rules).length === 0
        ? ["rules: got nothing; allowed: a rule with a key"]
        : list(rules).flatMap((rule, index) => {
            const key = texts(read(rule, "destination.encryptionConfiguration.replicaKmsKeyId"))[0] ?? "";
            return key === ""
              ? [`rules[${index}].destination.encryptionConfiguration: got nothing; allowed: a key`]
              : [];
          }),
    pass: {
      rules: [
        {
          destination: {
            encryptionConfiguration: { replicaKmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/a" },
          },
        },
      ],
    },
    fail: { rules: [{ destination: { bucket: "arn:aws:s3:::copy" } }] },
  }),
];
