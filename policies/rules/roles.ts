import { document, isForEverybody, namesCaller, type Statement, statementsOf } from "../documents.ts";
import { between } from "../requirements.ts";
import { custom, documentRule, hardened, overStack, property } from "../rule.ts";
import type { Rule } from "../types.ts";
import { list, show, text } from "../values.ts";

const role = "aws:iam/role:Role";
const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const identity = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const github = "token.actions.githubusercontent.com";

/** Services that name the resource they act for, so that another account's resource can be refused. */
const namesSource = [
  "pods.eks",
  "monitoring.rds",
  "vpc-flow-logs",
  "cloudtrail",
  "backup",
  "delivery.logs",
  "scheduler",
  "firehose",
  "logs",
];

/** Firehose sends the account of the stream as external id, and no source. */
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

function isGithub({ principals }: Statement): boolean {
  return principals.some((principal) => principal.startsWith("Federated:") && principal.includes(github));
}

export const roleRules: readonly Rule[] = [
  documentRule({
    id: "trust-not-everybody",
    controls: ["IAM-08"],
    severity: "critical",
    types: [role],
    path: "assumeRolePolicy",
    whatToDo: "name the service or the role that may take it; an account only with a condition",
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
    pass: document(service("ec2")),
    fail: document({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
  }),
  documentRule({
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
    pass: document(
      service("pods.eks", { Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }),
    ),
    fail: document(service("pods.eks")),
  }),
  documentRule({
    id: "trust-of-pipeline-narrow",
    controls: ["IAM-11"],
    severity: "critical",
    types: [role],
    path: "assumeRolePolicy",
    whatToDo: "pin :aud to sts.amazonaws.com and :sub to one repository and one environment",
    wrong: (statement) => {
      if (!isGithub(statement)) return undefined;
      const audience = statement.conditions[`${github}:aud`] ?? [];
      const subjects = statement.conditions[`${github}:sub`] ?? [];
      if (!audience.includes("sts.amazonaws.com")) return `has audience ${show(audience)}`;
      const narrow = /^repo:[^/*]+\/[^:*]+:(environment:[^*]+|pull_request|ref:refs\/[^*]+)$/;
      return subjects.length > 0 && subjects.every((subject) => narrow.test(subject))
        ? undefined
        : `has subjects ${show(subjects)}`;
    },
    pass: document(pipeline("repo:acme/task-platform:environment:prod")),
    fail: document(pipeline("repo:acme/*")),
  }),
  property({
    id: "role-session-short",
    controls: ["IAM-15"],
    severity: "low",
    types: [role],
    path: "maxSessionDuration",
    when: ({ assumeRolePolicy }) => text(assumeRolePolicy).includes(github),
    rest: { assumeRolePolicy: document(pipeline("repo:acme/task-platform:pull_request")) },
    is: between(3600, 3600),
    missingIs: "right",
    whatToDo: "stay at one hour",
  }),
  custom({
    id: "role-bounded",
    controls: ["IAM-14"],
    severity: "medium",
    environments: hardened,
    types: [role],
    whatToDo: "set permissionsBoundary: what the deploy role makes must not be more than it is",
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
    whatToDo: "attach policies by resources: inline lists undo them at each deploy",
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
        const users = stack.of(identity).filter((one) => stack.linked(one, "roleArn", resource));
        const names = users.map(({ inputs }) => `${text(inputs.namespace)}/${text(inputs.serviceAccount)}`);
        return users.length > 1
          ? [{ resource, message: `got ${names.join(", ")}; allowed: one service account` }]
          : [];
      }),
    pass: [
      { type: role, id: "role" },
      { type: identity, inputs: { roleArn: "role", namespace: "tasks", serviceAccount: "api" } },
    ],
    fail: [
      { type: role, id: "role" },
      { type: identity, inputs: { roleArn: "role", namespace: "tasks", serviceAccount: "api" } },
      { type: identity, inputs: { roleArn: "role", namespace: "tasks", serviceAccount: "relay" } },
    ],
    missing: [{ type: role }],
  }),
  overStack({
    id: "role-of-preview-reads",
    controls: ["IAM-16"],
    severity: "high",
    missingIs: "right",
    whatToDo: "take the writes away: a pull request of a stranger runs with this role",
    check: (stack) => {
      const previews = stack
        .of(role)
        .filter(({ inputs }) => text(inputs.assumeRolePolicy).includes(":pull_request"));
      return previews.flatMap((resource) =>
        stack
          .of("aws:iam/policy:Policy")
          .filter((policy) =>
            stack
              .of(attachment)
              .some((one) => stack.linked(one, "role", resource) && stack.linked(one, "policyArn", policy)),
          )
          .flatMap((policy) => writesOf(policy.inputs.policy))
          .map((action) => ({
            resource,
            message: `got ${action}; allowed: reads, and the lock of the state`,
          })),
      );
    },
    pass: previewExample("s3:GetObject"),
    fail: previewExample("ec2:RunInstances"),
    missing: [{ type: role }],
  }),
];

/** Actions that change something; the lock of the state bucket is kept by objects. */
function writesOf(policy: unknown): readonly string[] {
  const allowed = (statementsOf(policy) ?? [])
    .filter(({ allows }) => allows)
    .flatMap(({ actions }) => actions);
  return allowed.filter(
    (action) =>
      !/:(Describe|List|Get|BatchGet|Lookup|View|Decrypt)/.test(action) &&
      !/^s3:(PutObject|DeleteObject)$/.test(action) &&
      !/^kms:GenerateDataKey/.test(action),
  );
}

function pipeline(subject: string) {
  return {
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${github}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${github}:aud`]: "sts.amazonaws.com", [`${github}:sub`]: subject } },
  };
}

function previewExample(action: string) {
  return [
    {
      type: role,
      id: "preview",
      inputs: { assumeRolePolicy: document(pipeline("repo:acme/task-platform:pull_request")) },
    },
    {
      type: "aws:iam/policy:Policy",
      id: "policy",
      inputs: { policy: document({ Action: action, Resource: "arn:x" }) },
    },
    { type: attachment, inputs: { role: "preview", policyArn: "policy" } },
  ];
}
