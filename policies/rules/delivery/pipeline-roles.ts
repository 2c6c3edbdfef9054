import {
  between,
  overStack,
  policyDocument,
  policyDocumentRule,
  property,
  type Rule,
  type Statement,
  show,
  statementsOf,
  text,
} from "../../kit/index.ts";

const role = "aws:iam/role:Role";
const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const github = "token.actions.githubusercontent.com";

function isGithub({ principals }: Statement): boolean {
  return principals.some((principal) => principal.startsWith("Federated:") && principal.includes(github));
}

export const pipelineRoleRules: readonly Rule[] = [
  policyDocumentRule({
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
    pass: policyDocument(pipeline("repo:acme@123456/task-platform@456789:environment:prod")),
    fail: policyDocument(pipeline("repo:acme/*")),
  }),
  property({
    id: "role-session-short",
    controls: ["IAM-15"],
    severity: "low",
    types: [role],
    path: "maxSessionDuration",
    when: ({ assumeRolePolicy }) => text(assumeRolePolicy).includes(github),
    rest: { assumeRolePolicy: policyDocument(pipeline("repo:acme/task-platform:pull_request")) },
    is: between(3600, 3600),
    missingIs: "right",
    whatToDo: "limit a session to one hour",
  }),
  overStack({
    id: "role-of-preview-reads",
    controls: ["IAM-16"],
    severity: "high",
    missingIs: "right",
    whatToDo: "remove the write actions: a pull request from a stranger runs with this role",
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

/** Actions that change something. Writes of S3 objects are left out: the lock of the Pulumi state is an object. */
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
      inputs: { assumeRolePolicy: policyDocument(pipeline("repo:acme/task-platform:pull_request")) },
    },
    {
      type: "aws:iam/policy:Policy",
      id: "policy",
      inputs: { policy: policyDocument({ Action: action, Resource: "arn:x" }) },
    },
    { type: attachment, inputs: { role: "preview", policyArn: "policy" } },
  ];
}
