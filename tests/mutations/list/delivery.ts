import type { Mutation } from "../mutation.ts";

/** Pipeline roles, their permissions, and the layer of the account. */
export const deliveryMutations: readonly Mutation[] = [
  {
    what: "pull requests of every repository can assume the preview role",
    file: "components/delivery/pipeline-roles/pipeline-roles.ts",
    find: "const subject = `repo:${args.repository}`",
    replace: "const subject = `repo:*${args.repository}`",
    caughtBy: {
      file: "components/delivery/pipeline-roles/pipeline-roles.test.ts",
      test: "github-preview trusts exactly one subject of one repository",
    },
  },
  {
    what: "a tag can be moved to another image",
    file: "tools/bootstrap/images/resources.ts",
    find: 'imageTagMutability: "IMMUTABLE",\n      imageScanningConfiguration',
    replace: 'imageTagMutability: "MUTABLE" as "IMMUTABLE",\n      imageScanningConfiguration',
    caughtBy: {
      file: "tools/bootstrap/bootstrap.test.ts",
      test: "The image repositories of both regions pass every rule of the policy pack for them",
    },
  },
  {
    what: "the first deploy is by a role that the cluster does not know",
    file: "infra/platform/platform.ts",
    find: "operator: operatorRoleArn(config.accountId),",
    replace: "",
    caughtBy: {
      file: "tests/program/account-layer.test.ts",
      test: "the role that deploys dev the first time is an administrator of the cluster before the deploy makes any role",
    },
  },
  {
    what: "a new account lacks the role that the key of the disks names",
    file: "tools/bootstrap/linked-roles.ts",
    find: '  "autoscaling.amazonaws.com": "the key of the disks names it in its policy",',
    replace: "",
    caughtBy: {
      file: "tests/program/account-layer.test.ts",
      test: "every IAM object that dev names and does not make is made by bootstrap",
    },
  },
  {
    what: "the deploy role cannot pass the replication role to S3",
    file: "infra/delivery/passed-roles.ts",
    find: 'trailCopied ? ["audit-trail-replication"] : []',
    replace: "trailCopied ? [] : []",
    caughtBy: {
      file: "tests/program/passed-roles.test.ts",
      test: "the deploy role of prod passes each role to the services that it is for, and to no other",
    },
  },
  {
    what: "the deploy role changes the topics of every cluster of the region",
    file: "components/delivery/read-permissions/statements.ts",
    find: "`arn:aws:kafka:${region}:${accountId}:${kind}/${kafkaClusterName}/*`",
    replace: "`arn:aws:kafka:${region}:${accountId}:${kind}/*`",
    caughtBy: {
      file: "tests/program/passed-roles.test.ts",
      test: "the deploy role of prod changes the topics of its own cluster, and of no other",
    },
  },
  {
    what: "the alarm of prod counts what the firewall of dev refuses",
    file: "components/network/firewall/firewall.ts",
    find: "return `${prefix}-${name}`",
    replace: "return name",
    caughtBy: {
      file: "tests/program/names-in-account.test.ts",
      test: "no alarm of an environment watches a metric of another environment in the same account and region",
    },
  },
  {
    what: "a deploy in another region than us-east-1 cannot change global services",
    file: "components/delivery/deploy-permissions/statements.ts",
    find: 'const withoutRegion = new Set(["budgets", "ce", "cloudfront", "iam", "route53", "shield"]);',
    replace: "const withoutRegion = new Set<string>();",
    caughtBy: {
      file: "tests/program/deploy-role.test.ts",
      test: "the deploy role of dr can create, change and remove every resource",
    },
  },
  {
    what: "the deploy role can make every service-linked role",
    file: "components/delivery/deploy-permissions/statements.ts",
    find: 'conditions: { StringEquals: { "iam:AWSServiceName": [...new Set(services)].toSorted() } },',
    replace: "",
    caughtBy: {
      file: "tests/program/deploy-role.test.ts",
      test: "only services that need a service-linked role can have one created",
    },
  },
  {
    what: "the deploy role cannot make the trail",
    file: "components/delivery/deploy-permissions/choice-actions.ts",
    find: '      "cloudtrail:CreateTrail",',
    replace: "",
    caughtBy: {
      file: "tests/program/deploy-table.test.ts",
      test: "each create action has its delete action, and the reverse",
    },
  },
  {
    what: "the deploy role cannot tag a vault",
    file: "components/delivery/deploy-permissions/choice-actions.ts",
    find: 'const backupTags = ["backup:TagResource", "backup:UntagResource"] as const;',
    replace: 'const backupTags = ["backup:UntagResource"] as const;',
    caughtBy: {
      file: "tests/program/deploy-table.test.ts",
      test: "exactly the resource types with default tags have tag and untag actions",
    },
  },
  {
    what: "the deploy role has no actions for a type of the program",
    file: "components/delivery/deploy-permissions/operations-actions.ts",
    find: '  "aws:amp/workspaceConfiguration:WorkspaceConfiguration": ["aps:UpdateWorkspaceConfiguration"],',
    replace: "",
    caughtBy: {
      file: "tests/program/deploy-role.test.ts",
      test: "the deploy role of prod can create, change and remove every resource",
    },
  },
  {
    what: "the deploy role has actions for a type that no environment makes",
    file: "components/delivery/deploy-permissions/operations-actions.ts",
    find: '  "aws:sns/topicPolicy:TopicPolicy": ["sns:SetTopicAttributes"],',
    replace:
      '  "aws:sqs/queue:Queue": ["sqs:CreateQueue"], "aws:sns/topicPolicy:TopicPolicy": ["sns:SetTopicAttributes"],',
    caughtBy: {
      file: "tests/program/deploy-role.test.ts",
      test: "every resource type of the table is created by a spec, or by one of the settings listed here",
    },
  },
  {
    what: "the deploy role has every action on roles",
    file: "components/delivery/deploy-permissions/role-statements.ts",
    find: '      actions: ["iam:PassRole"],',
    replace: '      actions: ["iam:*"],',
    caughtBy: {
      file: "tests/program/deploy-role.test.ts",
      test: "the deploy role of prod has no action that its resource types do not need",
    },
  },
  {
    what: "the deploy role changes its own policies",
    file: "components/delivery/deploy-permissions/role-statements.ts",
    find: "  const roles = `arn:aws:iam::${scope.accountId}:role${scope.rolePath}*`;",
    replace: "  const roles = `arn:aws:iam::${scope.accountId}:role/*`;",
    caughtBy: {
      file: "tests/program/deploy-role-limits.test.ts",
      test: "the deploy role of prod can change neither itself nor the permissions boundary",
    },
  },
  {
    what: "a refresh cannot read the trail",
    file: "components/delivery/read-permissions/read-actions.ts",
    find: "  cloudtrail: [",
    replace: "  cloudtrails: [",
    caughtBy: {
      file: "tests/program/deploy-role.test.ts",
      test: "the roles of prod can read every service for a preview and a refresh",
    },
  },
  {
    what: "one policy of the deploy role exceeds the size limit of IAM",
    file: "components/delivery/deploy-permissions/areas.ts",
    find: "  network: networkActions,",
    replace: "  network: { ...networkActions, ...dataActions, ...edgeActions },",
    caughtBy: {
      file: "tests/program/deploy-role-limits.test.ts",
      test: "every policy of every role of prod is within the size limits of IAM",
    },
  },
];
