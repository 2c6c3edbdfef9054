import {
  custom,
  globMatches,
  list,
  never,
  policyDocument,
  policyDocumentRule,
  type Rule,
  type RuleHead,
  type Statement,
  texts,
} from "../../kit/index.ts";

const types = ["aws:iam/policy:Policy", "aws:iam/rolePolicy:RolePolicy"] as const;
const arn = "arn:aws:s3:::task-prod-audit";

/** Actions that AWS cannot limit to a resource. Any other action on "*" reads or writes everything. */
const unscopable = [
  /^(autoscaling|cloudwatch|ec2|elasticloadbalancing|eks|rds|tag|pricing|servicequotas|ce|health):(Describe|List|Get)[A-Za-z]*\*?$/,
  /^(acm:ListCertificates|iam:ListServerCertificates|kms:ListAliases|route53:ListHostedZones(ByName)?)$/,
  /^(wafv2:ListWebACLs|shield:GetSubscriptionState|logs:DescribeLogGroups|secretsmanager:ListSecrets)$/,
  /^(ecr:GetAuthorizationToken|sts:GetCallerIdentity|cloudwatch:PutMetricData|sqs:ListQueues|s3:ListAllMyBuckets)$/,
  /^(xray:(PutTraceSegments|PutTelemetryRecords|GetSampling[A-Za-z]*)|ec2messages:[A-Za-z]+|ssmmessages:[A-Za-z]+)$/,
];

/** Actions by which a role can raise its own permissions. */
const escalations = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:PassRole",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
];

/** Whether an action of a policy, with its wildcards, covers an action. IAM ignores case. */
function coversAction(pattern: string, action: string): boolean {
  return globMatches(pattern.toLowerCase(), action.toLowerCase());
}

function reachesAll({ resources, notResources }: Statement): boolean {
  return resources.includes("*") || notResources.length > 0;
}

/** A rule about the allow statements of our own IAM policies. */
function permissionRule(
  rule: RuleHead & {
    readonly wrong: (statement: Statement) => string | undefined;
    readonly pass: string;
    readonly fail: string;
  },
): Rule {
  return policyDocumentRule({
    ...rule,
    types,
    path: "policy",
    wrong: (statement) => (statement.allows ? rule.wrong(statement) : undefined),
  });
}

export const permissionRules: readonly Rule[] = [
  permissionRule({
    id: "permissions-not-all",
    controls: ["IAM-01"],
    severity: "critical",
    whatToDo: "list the actions it needs",
    wrong: ({ actions, notActions, resources }) =>
      (actions.includes("*") || notActions.length > 0) && resources.includes("*")
        ? "allows everything on everything"
        : undefined,
    pass: policyDocument({ Action: "s3:GetObject", Resource: `${arn}/*` }),
    fail: policyDocument({ Action: "*", Resource: "*" }),
  }),
  permissionRule({
    id: "permissions-actions-named",
    controls: ["IAM-02", "IAM-22"],
    severity: "high",
    whatToDo: "list the actions",
    wrong: ({ actions, notActions }) => {
      const whole = actions.filter((action) => action === "*" || /^[a-z0-9-]+:\*$/.test(action));
      if (notActions.length > 0) return "allows all but some actions";
      return whole.length > 0 ? `allows ${whole.join(", ")}` : undefined;
    },
    pass: policyDocument({ Action: ["kafka-cluster:Connect", "kafka-cluster:ReadData"], Resource: arn }),
    fail: policyDocument({ Action: "s3:*", Resource: arn }),
  }),
  permissionRule({
    id: "permissions-resources-named",
    controls: ["IAM-03", "IAM-06"],
    severity: "high",
    whatToDo: "name the resources, or the tags they must have",
    wrong: (statement) => {
      if (!reachesAll(statement)) return undefined;
      // A condition on a tag or a service also limits the resources.
      if (Object.keys(statement.conditions).some((key) => /tag\/|kms:viaservice|ssm:|autoscaling:/.test(key)))
        return undefined;
      const wide = statement.actions.filter((action) => !unscopable.some((pattern) => pattern.test(action)));
      return wide.length > 0 ? `allows ${wide.join(", ")} on "*"` : undefined;
    },
    pass: policyDocument({ Action: "ecr:GetAuthorizationToken", Resource: "*" }),
    fail: policyDocument({ Action: "secretsmanager:GetSecretValue", Resource: "*" }),
  }),
  permissionRule({
    id: "permissions-not-escalating",
    controls: ["IAM-05", "IAM-06"],
    severity: "critical",
    whatToDo: "name the roles, and the services they may be passed to",
    wrong: (statement) => {
      const open =
        reachesAll(statement) || statement.resources.some((resource) => /:role\/\*$/.test(resource));
      const found = escalations.filter((action) =>
        statement.actions.some((pattern) => coversAction(pattern, action)),
      );
      return open && found.length > 0 ? `allows ${found.join(", ")} on every role` : undefined;
    },
    pass: policyDocument({
      Action: "iam:PassRole",
      Resource: "arn:aws:iam::111122223333:role/task-prod-nodes",
    }),
    fail: policyDocument({ Action: ["iam:PassRole", "iam:AttachRolePolicy"], Resource: "*" }),
  }),
  permissionRule({
    id: "permissions-decrypt-named-keys",
    controls: ["KMS-10"],
    severity: "high",
    whatToDo: "name the keys",
    wrong: (statement) => {
      const opens = ["kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo"].some((action) =>
        statement.actions.some((pattern) => coversAction(pattern, action)),
      );
      return opens && reachesAll(statement) ? "decrypts with every key" : undefined;
    },
    pass: policyDocument({ Action: "kms:Decrypt", Resource: "arn:aws:kms:us-east-1:111122223333:key/a" }),
    fail: policyDocument({ Action: "kms:Decrypt", Resource: "*" }),
  }),
  permissionRule({
    id: "permissions-controllers-bounded",
    controls: ["IAM-20"],
    severity: "medium",
    whatToDo: "limit each write by a tag or an ARN",
    wrong: (statement) => {
      const writes = statement.actions.filter((action) =>
        /^(autoscaling|ec2|elasticloadbalancing|route53|wafv2):(?!Describe|List|Get)/.test(action),
      );
      const bound = Object.keys(statement.conditions).length > 0 || !reachesAll(statement);
      return writes.length > 0 && !bound ? `allows ${writes.join(", ")} on everything` : undefined;
    },
    pass: policyDocument({
      Action: "autoscaling:SetDesiredCapacity",
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/enabled": "true" } },
    }),
    fail: policyDocument({ Action: "autoscaling:SetDesiredCapacity", Resource: "*" }),
  }),
  permissionRule({
    id: "permissions-no-image-push",
    controls: ["IAM-21"],
    severity: "medium",
    whatToDo: "leave image pushes to the build role of the pipeline",
    wrong: ({ actions }) =>
      actions.some((pattern) => coversAction(pattern, "ecr:PutImage")) ? "allows ecr:PutImage" : undefined,
    pass: policyDocument({ Action: "ecr:BatchGetImage", Resource: arn }),
    fail: policyDocument({ Action: "ecr:PutImage", Resource: arn }),
  }),
  custom({
    id: "attachment-not-mighty",
    controls: ["IAM-04"],
    severity: "critical",
    types: ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:iam/role:Role"],
    missingIs: "right",
    whatToDo: "write a policy with the actions it needs",
    check: ({ policyArn, managedPolicyArns }) =>
      [...texts(policyArn), ...list(managedPolicyArns).flatMap(texts)]
        .filter((value) => /\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/.test(value))
        .map((value) => `policyArn: got ${value}; allowed: policies of one service`),
    pass: { policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" },
    fail: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  }),
  custom({
    id: "attachment-from-list",
    controls: ["IAM-17"],
    severity: "low",
    types: ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"],
    missingIs: "right",
    whatToDo: "write a policy of our own, or add it to the list with its reason",
    check: ({ policyArn }) =>
      texts(policyArn)
        .filter(
          (value) =>
            value.startsWith("arn:aws:iam::aws:") && !awsManaged.some((name) => value.endsWith(`/${name}`)),
        )
        .map((value) => `policyArn: got ${value}; allowed: ${awsManaged.join(", ")}`),
    pass: { policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" },
    fail: { policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
  }),
  never({
    id: "people-not-users",
    controls: ["IAM-13"],
    severity: "high",
    types: ["aws:iam/user:User", "aws:iam/accessKey:AccessKey", "aws:iam/userPolicy:UserPolicy"],
    whatToDo: "use roles: an access key of a user never expires by itself",
  }),
];

/** AWS managed policies that we attach: AWS updates them when a service needs other permissions. */
const awsManaged = [
  "AmazonEKSClusterPolicy",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKSWorkerNodeMinimalPolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonEBSCSIDriverPolicy",
  "AmazonEBSCSIDriverPolicyV2",
  "AmazonSSMManagedInstanceCore",
  "AmazonRDSEnhancedMonitoringRole",
  "AWSBackupServiceRolePolicyForBackup",
  "AWSBackupServiceRolePolicyForRestores",
  "AWSBackupServiceRolePolicyForS3Backup",
  "AWSBackupServiceRolePolicyForS3Restore",
] as const;
