import {
  custom,
  hardened,
  isForEverybody,
  list,
  namesCaller,
  overStack,
  policyDocument,
  policyDocumentRule,
  type Rule,
  type Statement,
  text,
} from "../../kit/index.ts";

const role = "aws:iam/role:Role";
const podIdentity = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

/**
 * Services whose documents bind a role to the account or the resource they act for, so that a trust policy can refuse
 * other accounts. The documents are in service-conditions.ts.
 */
const namesSource = [
  "pods.eks",
  "monitoring.rds",
  "vpc-flow-logs",
  "kafka",
  "eks",
  "delivery.logs",
  "scheduler",
  "firehose",
  "logs",
];

/** Firehose sends the account of the stream as the external id, and no source ARN. */
function namesAccount(statement: Statement): boolean {
  const ids = statement.conditions["sts:externalid"] ?? [];
  return (
    statement.principals.every((principal) => principal === "Service:firehose.amazonaws.com") &&
    statement.operators["sts:externalid"] === "StringEquals" &&
    ids.length > 0 &&
    ids.every((id) => /^\d{12}$/.test(id))
  );
}

const service = (name: string, more: object = {}) => ({
  Principal: { Service: `${name}.amazonaws.com` },
  Action: "sts:AssumeRole",
  ...more,
});

export const roleRules: readonly Rule[] = [
  policyDocumentRule({
    id: "trust-not-everybody",
    controls: ["IAM-08"],
    severity: "critical",
    types: [role],
    path: "assumeRolePolicy",
    whatToDo: "name the service or the role that may assume it; name an account only with a condition",
    wrong: (statement) => {
      if (!statement.allows) return undefined;
      if (isForEverybody(statement)) return "trusts everybody";
      const accounts = statement.principals.some((principal) =>
        /^AWS:(arn:aws:iam::\d{12}:root|\d{12})$/.test(principal),
      );
      return accounts && Object.keys(statement.conditions).length === 0
        ? "trusts a whole account without a condition"
        : undefined;
    },
    pass: policyDocument(service("ec2")),
    fail: policyDocument({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
  }),
  policyDocumentRule({
    id: "trust-bound-to-source",
    controls: ["IAM-09"],
    severity: "medium",
    environments: hardened,
    types: [role],
    path: "assumeRolePolicy",
    whatToDo: "add aws:SourceAccount or aws:SourceArn",
    wrong: (statement) => {
      const loose = statement.principals.filter((principal) =>
        namesSource.some((name) => principal === `Service:${name}.amazonaws.com`),
      );
      return statement.allows && loose.length > 0 && !namesCaller(statement) && !namesAccount(statement)
        ? `trusts ${loose.join(", ")} on behalf of any account`
        : undefined;
    },
    pass: policyDocument(
      service("pods.eks", { Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }),
    ),
    fail: policyDocument(service("pods.eks")),
  }),
  custom({
    id: "role-bounded",
    controls: ["IAM-14"],
    severity: "medium",
    environments: hardened,
    types: [role],
    whatToDo:
      "set permissionsBoundary: a role that the deploy role creates must not have more permissions than the deploy role",
    check: ({ permissionsBoundary }) =>
      text(permissionsBoundary) === ""
        ? ["permissionsBoundary: got nothing; allowed: the boundary of the environment"]
        : [],
    pass: { permissionsBoundary: "arn:aws:iam::111122223333:policy/task-prod-boundary" },
    fail: { permissionsBoundary: "" },
  }),
  custom({
    id: "role-policies-in-one-place",
    controls: ["IAM-18"],
    severity: "medium",
    types: [role],
    missingIs: "right",
    whatToDo: "attach policies by resources: inline lists undo the attachments at each deploy",
    check: ({ inlinePolicies, managedPolicyArns }) =>
      list(inlinePolicies).length + list(managedPolicyArns).length > 0
        ? ["inlinePolicies, managedPolicyArns: got entries; allowed: none, beside attachments"]
        : [],
    pass: { description: "Nodes." },
    fail: { managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"] },
  }),
  overStack({
    id: "role-of-one-workload",
    controls: ["IAM-12", "SA-04"],
    severity: "high",
    missingIs: "right",
    whatToDo: "give each service account a role of its own",
    check: (stack) =>
      stack.of(role).flatMap((resource) => {
        const users = stack.of(podIdentity).filter((one) => stack.linked(one, "roleArn", resource));
        const names = users.map(({ inputs }) => `${text(inputs.namespace)}/${text(inputs.serviceAccount)}`);
        return users.length > 1
          ? [{ resource, message: `got ${names.join(", ")}; allowed: one service account` }]
          : [];
      }),
    pass: [
      { type: role, id: "role" },
      { type: podIdentity, inputs: { roleArn: "role", namespace: "tasks", serviceAccount: "api" } },
    ],
    fail: [
      { type: role, id: "role" },
      { type: podIdentity, inputs: { roleArn: "role", namespace: "tasks", serviceAccount: "api" } },
      { type: podIdentity, inputs: { roleArn: "role", namespace: "tasks", serviceAccount: "relay" } },
    ],
    missing: [{ type: role }],
  }),
];
