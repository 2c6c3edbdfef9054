import {
  type Environment,
  isRecord,
  mismatch,
  never,
  overStack,
  type Plain,
  parsed,
  type Rule,
  record,
  show,
  text,
} from "../../kit/index.ts";

const provider = "pulumi:providers:aws";
const tags = ["Project", "Environment", "Owner", "CostCenter", "ManagedBy", "DataClassification"];

/** A rule that resources of some types are protected from removal. */
function protectedKinds(rule: {
  readonly id: string;
  readonly controls: readonly string[];
  readonly environments: readonly Environment[];
  readonly types: readonly [string, ...string[]];
  readonly whatToDo: string;
}): Rule {
  return overStack({
    ...rule,
    severity: "high",
    check: (stack) =>
      stack
        .of(...rule.types)
        // A replica can be made again from its source.
        .filter(({ inputs, options }) => !options.protect && inputs.replicateSourceDb === undefined)
        .map((resource) => ({ resource, message: "protect: got false; allowed: true" })),
    pass: [{ type: rule.types[0], protect: true }],
    fail: [{ type: rule.types[0], protect: false }],
    missing: [{ type: rule.types[0] }],
  });
}

/** Types that do the same as a type that the rules judge. Nothing would say a word about what they hold. */
const unjudged = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "kubernetes:apps/v1:ReplicaSet",
  "kubernetes:core/v1:ReplicationController",
  ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].map(
    (kind) => `kubernetes:apps/v1:${kind}Patch`,
  ),
  ...["Job", "CronJob"].map((kind) => `kubernetes:batch/v1:${kind}Patch`),
  "kubernetes:core/v1:PodPatch",
] as const;

export const programRules: readonly Rule[] = [
  never({
    id: "type-is-judged",
    controls: ["IAM-04", "POD-01", "NET-13"],
    severity: "high",
    types: [unjudged[0], ...unjudged.slice(1)],
    whatToDo:
      "use the type that the rules know: vpc.SecurityGroupIngressRule, iam.RolePolicy, a Deployment; they say nothing about this one",
  }),
  overStack({
    id: "provider-tags-everything",
    controls: ["GEN-01"],
    severity: "medium",
    whatToDo: `give the provider default tags: ${tags.join(", ")}`,
    check: (stack) =>
      stack.of(provider).flatMap((resource) => {
        // Providers receive their settings as JSON text.
        const defaults = record(record(parsed(resource.inputs.defaultTags)).tags);
        const missing = tags.filter((tag) => text(defaults[tag]) === "");
        return missing.length > 0 ? [{ resource, message: `defaultTags: got no ${missing.join(", ")}` }] : [];
      }),
    pass: [
      {
        type: provider,
        inputs: { defaultTags: JSON.stringify({ tags: Object.fromEntries(tags.map((tag) => [tag, "x"])) }) },
      },
    ],
    fail: [{ type: provider, inputs: { defaultTags: JSON.stringify({ tags: { Project: "x" } }) } }],
    missing: [{ type: provider }],
  }),
  overStack({
    id: "provider-bound-to-account",
    controls: ["GEN-03"],
    severity: "medium",
    whatToDo:
      "name the account in allowedAccountIds: credentials of another account must fail before the first resource",
    check: (stack) =>
      stack
        .of(provider)
        .filter(({ inputs }) => {
          const ids = parsed(inputs.allowedAccountIds);
          return !Array.isArray(ids) || ids.length === 0;
        })
        .map((resource) => ({
          resource,
          message: `allowedAccountIds: got ${show(resource.inputs.allowedAccountIds)}`,
        })),
    pass: [{ type: provider, inputs: { allowedAccountIds: '["111122223333"]' } }],
    fail: [{ type: provider, inputs: { allowedAccountIds: "[]" } }],
    missing: [{ type: provider }],
  }),
  overStack({
    id: "resource-has-explicit-provider",
    controls: ["GEN-03", "DR-01"],
    severity: "medium",
    whatToDo:
      "pass the provider: the default provider takes region and account from the shell that runs the program",
    check: (stack) =>
      stack.resources
        .filter(({ type }) => /^(aws|kubernetes):/.test(type))
        .filter(
          ({ options }) => options.provider === "" || /::default(_[\d_]+)?(::|$)/.test(options.provider),
        )
        .map((resource) => ({
          resource,
          message: mismatch("provider", resource.options.provider, "one of ours"),
        })),
    pass: [{ type: "aws:ec2/vpc:Vpc" }],
    fail: [
      {
        type: "aws:ec2/vpc:Vpc",
        provider: "urn:pulumi:prod::task-platform::pulumi:providers:aws::default_7_48_0::id",
      },
    ],
    missing: [{ type: "aws:ec2/vpc:Vpc", provider: "" }],
  }),
  protectedKinds({
    id: "foundation-protected",
    controls: ["GEN-02"],
    environments: ["prod"],
    types: ["aws:ec2/vpc:Vpc", "aws:eks/cluster:Cluster"],
    whatToDo: "protect it with the removal setting of the environment spec",
  }),
  protectedKinds({
    id: "data-protected",
    controls: ["GEN-02", "RDS-35", "KMS-13"],
    environments: ["prod"],
    types: [
      "aws:rds/instance:Instance",
      "aws:rds/cluster:Cluster",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      "aws:msk/cluster:Cluster",
      "aws:kms/key:Key",
      "aws:s3/bucket:Bucket",
      "aws:backup/vault:Vault",
    ],
    whatToDo: "protect it with the removal setting of the environment spec",
  }),
  protectedKinds({
    id: "database-protected-before-prod",
    controls: ["RDS-35"],
    environments: ["staging"],
    types: ["aws:rds/instance:Instance"],
    whatToDo: "protect it: staging holds copies that take a night to make",
  }),
  protectedKinds({
    id: "database-surroundings-protected",
    controls: ["RDS-35"],
    environments: ["prod"],
    types: ["aws:rds/subnetGroup:SubnetGroup"],
    whatToDo: "protect it with its instance",
  }),
  overStack({
    id: "ignored-changes-listed",
    controls: ["GEN-12"],
    severity: "low",
    missingIs: "right",
    whatToDo: "add the property to the list of ignorable properties with its reason, or stop ignoring it",
    check: (stack) =>
      stack.resources.flatMap((resource) =>
        resource.options.ignoreChanges
          .filter((path) => !(ignorable[resource.type] ?? []).includes(path))
          .map((path) => ({
            resource,
            message: `ignoreChanges: got ${path}; allowed: ${show(ignorable[resource.type] ?? [])}`,
          })),
      ),
    pass: [{ type: "aws:eks/nodeGroup:NodeGroup", ignoreChanges: ["scalingConfig.desiredSize"] }],
    fail: [{ type: "aws:eks/nodeGroup:NodeGroup", ignoreChanges: ["scalingConfig"] }],
    missing: [{ type: "aws:eks/nodeGroup:NodeGroup" }],
  }),
  overStack({
    id: "secret-not-plain-in-manifest",
    controls: ["SM-06", "SEC-05"],
    severity: "critical",
    missingIs: "right",
    whatToDo: "keep the value in Secrets Manager and mount it by an ExternalSecret",
    check: (stack) =>
      stack
        .of("kubernetes:core/v1:Secret")
        .filter(({ inputs }) => isFilled(inputs.stringData) || isFilled(inputs.data))
        .map((resource) => ({ resource, message: "stringData: got a value; allowed: nothing" })),
    pass: [{ type: "kubernetes:core/v1:Secret", inputs: { metadata: { name: "empty" } } }],
    fail: [{ type: "kubernetes:core/v1:Secret", inputs: { stringData: { token: "value" } } }],
    missing: [{ type: "kubernetes:core/v1:ConfigMap" }],
  }),
];

function isFilled(value: unknown): boolean {
  return isRecord(value) && Object.keys(value as Plain).length > 0;
}

/**
 * Properties that something else may change, by type: the autoscaler, storage scaling, the restore and the backups of a database, and
 * values that @pulumi/eks sets itself.
 */
const ignorable: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/nodeGroup:NodeGroup": ["scalingConfig.desiredSize"],
  "aws:eks/cluster:Cluster": [
    "accessConfig.bootstrapClusterCreatorAdminPermissions",
    "bootstrapSelfManagedAddons",
  ],
  // Volumes grow by themselves, and another name would replace the cluster with its events.
  "aws:msk/cluster:Cluster": ["brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize", "clusterName"],
  "aws:rds/instance:Instance": [
    "snapshotIdentifier",
    "restoreToPointInTime",
    "kmsKeyId",
    "dbName",
    "username",
    "passwordWo",
    "passwordWoVersion",
    // AWS Backup writes its own where it backs up continuously.
    "backupRetentionPeriod",
    "backupWindow",
  ],
  "aws:ecs/service:Service": ["desiredCount"],
  // Its rules are resources of their own.
  "aws:wafv2/webAcl:WebAcl": ["rules"],
};
