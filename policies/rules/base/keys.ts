import {
  admitsEverybody,
  between,
  custom,
  isFalse,
  isTrue,
  mismatch,
  overStack,
  pair,
  policyDocument,
  policyDocumentRule,
  present,
  production,
  property,
  type Rule,
  text,
  unless,
} from "../../kit/index.ts";

const key = "aws:kms/key:Key";
const account = { Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" };

export const keyRules: readonly Rule[] = [
  property({
    id: "key-rotates",
    controls: ["KMS-01"],
    severity: "medium",
    types: [key],
    path: "enableKeyRotation",
    when: ({ customerMasterKeySpec = "SYMMETRIC_DEFAULT" }) => customerMasterKeySpec === "SYMMETRIC_DEFAULT",
    is: isTrue,
    whatToDo: "turn it on: users of the key notice no change",
  }),
  policyDocumentRule({
    id: "key-policy-closed",
    controls: ["KMS-02", "KMS-03"],
    severity: "critical",
    types: [key],
    path: "policy",
    whatToDo: "name the principals, or bind them to this account by a condition",
    wrong: admitsEverybody,
    pass: policyDocument(account),
    fail: policyDocument(account, { Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
  }),
  policyDocumentRule({
    id: "key-policy-keeps-account",
    controls: ["KMS-06"],
    severity: "critical",
    types: [key],
    path: "policy",
    whatToDo:
      "keep the statement for the root of the account: without it nobody can ever change the policy again",
    wrong: () => undefined,
    wrongTogether: (statements) =>
      statements.some(
        ({ allows, principals, actions }) =>
          allows &&
          actions.includes("kms:*") &&
          principals.some((principal) => /^AWS:arn:aws:iam::\d{12}:root$/.test(principal)),
      )
        ? undefined
        : "got no statement that gives the account control of the key",
    pass: policyDocument(account),
    fail: policyDocument({
      Principal: { Service: "logs.us-east-1.amazonaws.com" },
      Action: "kms:Decrypt",
      Resource: "*",
    }),
  }),
  property({
    id: "key-check-not-bypassed",
    controls: ["KMS-06"],
    severity: "critical",
    types: [key],
    path: "bypassPolicyLockoutSafetyCheck",
    is: isFalse,
    missingIs: "right",
    whatToDo: "leave it out",
  }),
  property({
    id: "key-deleted-slowly",
    controls: ["KMS-04"],
    severity: "medium",
    types: [key],
    path: "deletionWindowInDays",
    is: { dev: between(7, 30), staging: between(7, 30), prod: between(30, 30), dr: between(7, 30) },
    whatToDo: "set 30 days in prod: data that a deleted key encrypted is lost for good",
  }),
  property({
    id: "key-enabled",
    controls: ["KMS-05"],
    severity: "medium",
    types: [key],
    path: "isEnabled",
    is: isTrue,
    missingIs: "right",
    whatToDo: "leave it on",
  }),
  property({
    id: "key-described",
    controls: ["KMS-07"],
    severity: "low",
    types: [key],
    path: "description",
    is: present("task-prod: data"),
    whatToDo: "state what it encrypts",
  }),
  pair({
    id: "key-has-alias",
    controls: ["KMS-07"],
    severity: "low",
    of: key,
    partner: "aws:kms/alias:Alias",
    by: "targetKeyId",
    wanted: "an alias",
    whatToDo: "add an alias with the environment in its name",
    pass: { name: "alias/task-prod-data" },
  }),
  overStack({
    id: "keys-by-domain",
    controls: ["KMS-08"],
    severity: "medium",
    environments: production,
    missingIs: "right",
    whatToDo: "use one key for each kind of data: a grant on one key must not open other data",
    check: (stack) => {
      const users = [
        { type: "aws:eks/cluster:Cluster", property: "encryptionConfig" },
        { type: "aws:rds/instance:Instance", property: "kmsKeyId" },
        { type: "aws:cloudwatch/logGroup:LogGroup", property: "kmsKeyId" },
        { type: "aws:secretsmanager/secret:Secret", property: "kmsKeyId" },
      ];
      return stack.of(key).flatMap((resource) => {
        const domains = users.filter(({ type, property: name }) =>
          stack.of(type).some((one) => stack.linked(one, name, resource)),
        );
        if (domains.length < 2) return [];
        return [
          {
            resource,
            message: `got uses by ${domains.map(({ type }) => type).join(" and ")}; allowed: one kind of data`,
          },
        ];
      });
    },
    pass: [
      { type: key, id: "a" },
      { type: key, id: "b" },
      { type: "aws:rds/instance:Instance", inputs: { kmsKeyId: "a" } },
      { type: "aws:cloudwatch/logGroup:LogGroup", inputs: { kmsKeyId: "b" } },
    ],
    fail: [
      { type: key, id: "a" },
      { type: "aws:rds/instance:Instance", inputs: { kmsKeyId: "a" } },
      { type: "aws:cloudwatch/logGroup:LogGroup", inputs: { kmsKeyId: "a" } },
    ],
    missing: [{ type: key }],
  }),
  property({
    id: "key-rotates-yearly",
    controls: ["KMS-09"],
    severity: "low",
    types: [key],
    path: "rotationPeriodInDays",
    is: between(90, 365),
    missingIs: "right",
    whatToDo: "rotate every year",
  }),
  custom({
    id: "copy-key-in-its-region",
    controls: ["KMS-12", "SM-07"],
    severity: "medium",
    environments: ["prod"],
    types: ["aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"],
    whatToDo: "name a key in the region of the copy",
    check: ({ kmsKeyId, sourceDbInstanceArn }) => {
      const home = text(sourceDbInstanceArn).split(":")[3] ?? "";
      const region = text(kmsKeyId).split(":")[3] ?? "";
      return unless(
        region !== "" && region !== home,
        mismatch("kmsKeyId", kmsKeyId, `a key outside of ${home || "the home region"}`),
      );
    },
    pass: {
      sourceDbInstanceArn: "arn:aws:rds:us-east-1:111122223333:db:a",
      kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/a",
    },
    fail: {
      sourceDbInstanceArn: "arn:aws:rds:us-east-1:111122223333:db:a",
      kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/a",
    },
    missing: { sourceDbInstanceArn: "arn:aws:rds:us-east-1:111122223333:db:a" },
  }),
];
