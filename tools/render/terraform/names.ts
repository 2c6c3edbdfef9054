/** Pulumi modules whose kinds Terraform keeps under another prefix; the others keep their module's name. */
const prefixes: Readonly<Record<string, string>> = {
  amp: "prometheus_",
  alb: "lb_",
  costexplorer: "ce_",
  rds: "db_",
  // The oldest services came before prefixes did.
  ec2: "",
};

/** Kinds that follow no rule. */
const irregular: Readonly<Record<string, string>> = {
  "aws:alb/loadBalancer:LoadBalancer": "aws_lb",
  "aws:cloudtrail/trail:Trail": "aws_cloudtrail",
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": "aws_ec2_instance_metadata_defaults",
  "aws:ec2/managedPrefixList:ManagedPrefixList": "aws_ec2_managed_prefix_list",
  "aws:ec2/subnetCidrReservation:SubnetCidrReservation": "aws_ec2_subnet_cidr_reservation",
  "aws:lb/loadBalancer:LoadBalancer": "aws_lb",
  "aws:rds/cluster:Cluster": "aws_rds_cluster",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": "aws_s3_bucket_replication_configuration",
  "aws:shield/protection:Protection": "aws_shield_protection",
};

/** Arguments whose Terraform name is neither Pulumi's name in snake case nor its singular; by kind and path. */
const renamed: Readonly<Record<string, string>> = {
  "aws_backup_selection.condition.string_equals": "string_equals",
  "aws_ce_anomaly_subscription.monitor_arn_lists": "monitor_arn_list",
  "aws_cloudfront_response_headers_policy.remove_headers_config.items": "items",
  "aws_cloudtrail.advanced_event_selector.field_selector.starts_withs": "starts_with",
  "aws_cloudwatch_log_subscription_filter.log_group": "log_group_name",
  "aws_cloudwatch_metric_alarm.name": "alarm_name",
  "aws_cognito_user_pool.user_attribute_update_settings.attributes_require_verification_before_updates":
    "attributes_require_verification_before_update",
  "aws_launch_template.block_device_mappings": "block_device_mappings",
  "aws_launch_template.tag_specifications": "tag_specifications",
  "aws_sns_topic_subscription.topic": "topic_arn",
  "aws_wafv2_web_acl.rules": "rule",
  "aws_wafv2_web_acl_logging_configuration.redacted_fields": "redacted_fields",
};

/** Arguments whose keys are data, not names of arguments. */
const freeForm: ReadonlySet<string> = new Set([
  "tags",
  "labels",
  "dimensions",
  "keepers",
  "configs",
  "default_tags.tags",
]);

/** Kinds that Pulumi names by itself and Terraform does not, with Pulumi's input for the name. */
const madeUpNames: Readonly<Record<string, string>> = {
  aws_appautoscaling_policy: "name",
  aws_backup_plan: "name",
  aws_backup_selection: "name",
  aws_cloudfront_response_headers_policy: "name",
  aws_cloudwatch_log_metric_filter: "name",
  aws_cloudwatch_log_subscription_filter: "name",
  aws_cloudwatch_metric_alarm: "name",
  aws_elasticache_parameter_group: "name",
  aws_elasticache_subnet_group: "name",
  aws_kinesis_firehose_delivery_stream: "name",
  aws_msk_cluster: "clusterName",
  aws_msk_configuration: "name",
};

/** The name input that Terraform needs and the program may leave to Pulumi; undefined for other kinds. */
export function madeUpName(kind: string): string | undefined {
  return madeUpNames[kind];
}

/** Inputs that fix the physical name, so that two such resources cannot exist side by side. */
const physicalNames = ["name", "bucket", "groupName", "identifier", "replicationGroupId"];

/** Whether Pulumi creates the replacement before it deletes a resource; with a fixed name it cannot. */
export function replacedByCreatingFirst(
  kind: string,
  inputs: Readonly<Record<string, unknown>>,
  deleteBeforeReplace: boolean,
): boolean {
  const names = [...physicalNames, madeUpNames[kind] ?? "name"];
  return !deleteBeforeReplace && !names.some((name) => inputs[name] !== undefined);
}

/** Terraform's kind for a type token of the AWS provider, such as `aws_db_instance`. */
export function terraformKind(token: string): string {
  const [, module = "", name = ""] = token.split(":");
  const service = module.split("/")[0] ?? "";
  return irregular[token] ?? `aws_${prefixes[service] ?? `${service}_`}${snakeCase(name)}`;
}

/** `copyActions` → `copy_actions`; runs of capitals are one word. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/**
 * Terraform's name of an argument. Pulumi calls a repeated block by its plural, Terraform by its singular; lists of
 * plain values keep their name.
 */
export function argumentName(path: string, name: string, value: unknown): string {
  const snake = snakeCase(name);
  const own = renamed[`${path}.${snake}`];
  if (own !== undefined) return own;
  return Array.isArray(value) && value.some(isRecord) ? singular(snake) : snake;
}

/** Whether the keys of an object are data; a path begins with the kind. */
export function isFreeForm(path: string): boolean {
  const [last = "", before = ""] = path.split(".").toReversed();
  return freeForm.has(last) || freeForm.has(`${before}.${last}`);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function singular(name: string): string {
  if (name.endsWith("ies")) return `${name.slice(0, -3)}y`;
  if (/(ss|sh|ch|x|as)es$/.test(name)) return name.slice(0, -2);
  // "ingress" and "egress" are singular already.
  return /[^s]s$/.test(name) ? name.slice(0, -1) : name;
}
