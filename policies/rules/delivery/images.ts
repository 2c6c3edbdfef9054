import {
  admitsEverybody,
  custom,
  customKey,
  hardened,
  isFalse,
  isTrue,
  list,
  mismatch,
  oneOf,
  pair,
  policyDocument,
  policyDocumentRule,
  property,
  type Rule,
  read,
  record,
  text,
  unless,
} from "../../kit/index.ts";

const repository = "aws:ecr/repository:Repository";

export const imageRules: readonly Rule[] = [
  property({
    id: "image-scanned",
    controls: ["ECR-01"],
    severity: "high",
    types: [repository],
    path: "imageScanningConfiguration.scanOnPush",
    is: isTrue,
    whatToDo: "scan on push",
  }),
  property({
    id: "image-tags-fixed",
    controls: ["ECR-02"],
    severity: "high",
    types: [repository],
    path: "imageTagMutability",
    is: oneOf("IMMUTABLE"),
    whatToDo: "set IMMUTABLE: a tag must always mean the image that was reviewed",
  }),
  custom({
    id: "image-own-key",
    controls: ["ECR-03"],
    severity: "medium",
    types: [repository],
    whatToDo: "use a customer managed key; it cannot be changed later",
    check: ({ encryptionConfigurations }) => {
      const [first] = list(encryptionConfigurations).map(record);
      return unless(
        first?.encryptionType === "KMS" && customKey.holds(first.kmsKey),
        mismatch("encryptionConfigurations", encryptionConfigurations, "KMS with kmsKey"),
      );
    },
    pass: {
      encryptionConfigurations: [
        { encryptionType: "KMS", kmsKey: "arn:aws:kms:us-east-1:111122223333:key/a" },
      ],
    },
    fail: { encryptionConfigurations: [{ encryptionType: "AES256" }] },
  }),
  pair({
    id: "image-repository-tidied",
    controls: ["ECR-04"],
    severity: "medium",
    of: repository,
    partner: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    by: "repository",
    partnerIs: ({ policy }) => /"untagged"/.test(text(policy) || JSON.stringify(policy ?? "")),
    wanted: "a lifecycle policy that expires untagged images",
    whatToDo: "expire untagged images after 14 days",
    pass: { policy: JSON.stringify({ rules: [{ selection: { tagStatus: "untagged", countNumber: 14 } }] }) },
    fail: { policy: JSON.stringify({ rules: [{ selection: { tagStatus: "tagged" } }] }) },
  }),
  policyDocumentRule({
    id: "image-repository-closed",
    controls: ["ECR-05"],
    severity: "critical",
    types: ["aws:ecr/repositoryPolicy:RepositoryPolicy"],
    path: "policy",
    whatToDo: "name the accounts that pull",
    wrong: admitsEverybody,
    pass: policyDocument({ Principal: { AWS: "111122223333" }, Action: "ecr:BatchGetImage" }),
    fail: policyDocument({ Principal: "*", Action: "ecr:BatchGetImage" }),
  }),
  property({
    id: "image-repository-kept",
    controls: ["ECR-06"],
    severity: "medium",
    environments: hardened,
    types: [repository],
    path: "forceDelete",
    is: isFalse,
    missingIs: "right",
    whatToDo: "set false: a destroy would delete every image",
  }),
  custom({
    id: "image-copied-to-recovery-region",
    controls: ["ECR-07"],
    severity: "medium",
    environments: ["prod"],
    types: ["aws:ecr/replicationConfiguration:ReplicationConfiguration"],
    whatToDo: "add the recovery region",
    check: ({ replicationConfiguration }) => {
      const [rule] = list(record(replicationConfiguration).rules);
      const regions = list(record(rule).destinations).map((one) => text(read(one, "region")));
      return unless(
        regions.includes("eu-west-1"),
        mismatch("replicationConfiguration", regions, "with eu-west-1"),
      );
    },
    pass: {
      replicationConfiguration: {
        rules: [{ destinations: [{ region: "eu-west-1", registryId: "111122223333" }] }],
      },
    },
    fail: {
      replicationConfiguration: {
        rules: [{ destinations: [{ region: "us-west-2", registryId: "111122223333" }] }],
      },
    },
  }),
];
