import {
  admitsEverybody,
  atLeast,
  between,
  custom,
  customKey,
  mismatch,
  policyDocument,
  policyDocumentRule,
  present,
  property,
  type Rule,
  text,
} from "../../kit/index.ts";

const secret = "aws:secretsmanager/secret:Secret";

export const secretRules: readonly Rule[] = [
  property({
    id: "secret-own-key",
    controls: ["SM-01"],
    severity: "medium",
    types: [secret],
    path: "kmsKeyId",
    is: customKey,
    whatToDo: "give it the key of the secrets",
  }),
  policyDocumentRule({
    id: "secret-policy-closed",
    controls: ["SM-03"],
    severity: "medium",
    types: ["aws:secretsmanager/secretPolicy:SecretPolicy"],
    path: "policy",
    whatToDo: "name the roles that read it",
    wrong: admitsEverybody,
    pass: policyDocument({
      Principal: { AWS: "arn:aws:iam::111122223333:role/api" },
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
    }),
    fail: policyDocument({ Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" }),
  }),
  property({
    id: "secret-recoverable",
    controls: ["SM-04"],
    severity: "low",
    types: [secret],
    path: "recoveryWindowInDays",
    is: { dev: between(0, 30), staging: between(7, 30), prod: between(30, 30), dr: between(7, 30) },
    whatToDo: "set 30 days in prod",
  }),
  property({
    id: "secret-described",
    controls: ["SM-05"],
    severity: "low",
    types: [secret],
    path: "description",
    is: present("Password of the cache."),
    whatToDo: "state what it gives access to",
  }),
  property({
    id: "secret-replicated-with-key",
    controls: ["SM-07"],
    severity: "medium",
    environments: ["prod"],
    types: [secret],
    path: "replicas[].kmsKeyId",
    is: customKey,
    missingIs: "right",
    whatToDo: "name a key in the region of the copy",
  }),
  custom({
    id: "parameter-secure",
    controls: ["SM-08"],
    severity: "medium",
    types: ["aws:ssm/parameter:Parameter"],
    missingIs: "right",
    whatToDo: "set SecureString with a customer managed key",
    check: ({ name, type, keyId }) => {
      const sensitive = /(password|token|secret|credential|private)/i.test(text(name));
      return sensitive && !(type === "SecureString" && customKey.holds(keyId))
        ? [mismatch("type", type, '"SecureString" with keyId')]
        : [];
    },
    pass: { name: "/task/token", type: "SecureString", keyId: "key" },
    fail: { name: "/task/token", type: "String" },
  }),
  property({
    id: "password-long",
    controls: ["SM-09"],
    severity: "medium",
    types: ["random:index/randomPassword:RandomPassword"],
    path: "length",
    is: atLeast(32),
    whatToDo: "use 32 characters or more: nobody types it",
  }),
];
