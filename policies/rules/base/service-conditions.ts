import { policyDocument, policyDocumentRule, type Rule, type Statement } from "../../kit/index.ts";

const account = "aws:sourceaccount";
const arn = "aws:sourcearn";

/** Condition keys that ask a service for whom it acts. A service that does not send the key is refused without a word. */
const asked = [account, arn, "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths", "sts:externalid"];

type Documented = Readonly<Record<string, readonly string[]>>;

/**
 * The keys that the documents of a service show, by kind of policy document. Add a service only with its document: a key
 * that merely exists is not proof that the service sends it.
 */
const documented: Readonly<Record<string, { readonly path: string; readonly keys: Documented }>> = {
  "aws:iam/role:Role": {
    path: "assumeRolePolicy",
    keys: {
      backup: [], // AWS Backup developer guide, "IAM service roles".
      cloudtrail: [], // CloudTrail user guide, "Sending events to CloudWatch Logs".
      ec2: [],
      eks: [account, arn], // EKS user guide, "Cross-service confused deputy prevention".
      firehose: ["sts:externalid"], // Data Firehose guide, "Controlling access".
      kafka: [account], // MSK developer guide, "Service execution role".
      logs: [arn], // CloudWatch Logs guide, "Log group-level subscription filters".
      "monitoring.rds": [account, arn], // RDS user guide, "Setting up and enabling Enhanced Monitoring".
      "pods.eks": [account, arn], // EKS user guide, "Pod Identity role".
      s3: [], // S3 user guide, "Setting up permissions for live replication".
      "scraper.aps": [account, arn], // Managed Prometheus guide, "Cross-account setup".
    },
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    path: "policy",
    keys: {
      cloudtrail: [arn], // CloudTrail user guide, "S3 bucket policy for CloudTrail".
      "delivery.logs": [account, arn], // CloudWatch Logs guide, "Enable logging from AWS services".
      "logdelivery.elasticloadbalancing": [], // Application Load Balancer guide, "Enable access logs".
    },
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    path: "policy",
    keys: {
      aps: [account, arn], // Managed Prometheus guide, permission to send alerts to SNS.
      budgets: [account, arn], // Cost Management guide, "Creating an SNS topic for budget notifications".
      cloudwatch: [account, arn], // SNS developer guide, "Example cases for access control".
      costalerts: [account, arn], // Cost Management guide, "Creating an SNS topic for anomaly notifications".
      events: [], // EventBridge user guide, "Using resource-based policies": no condition works with SNS.
      "events.rds": [account, arn], // RDS user guide, "Granting permissions to publish notifications".
    },
  },
  "aws:kms/key:Key": {
    path: "policy",
    keys: {
      // SNS developer guide, "Key management": both keys for publishers to encrypted topics, and none for EventBridge.
      aps: [account, arn],
      budgets: [account, arn],
      cloudwatch: [account, arn],
      costalerts: [account, arn],
      events: [],
      "events.rds": [account, arn],
      cloudtrail: [arn], // CloudTrail user guide, "Configure KMS key policies".
      "delivery.logs": [account, arn], // CloudWatch Logs guide, "Enable logging from AWS services".
      logs: [], // CloudWatch Logs guide, "Encrypt log data": it shows the encryption context.
    },
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    path: "policyDocument",
    keys: { "delivery.logs": [account, arn] }, // CloudWatch Logs guide, "Enable logging from AWS services".
  },
};

/** `Service:logs.us-east-1.amazonaws.com` → `logs`; undefined for a principal that is no service. */
function serviceOf(principal: string): string | undefined {
  return /^Service:(.+?)(\.[a-z]{2}(-[a-z]+)+-\d)?\.amazonaws\.com$/.exec(principal)?.[1];
}

/** A rule for one kind of policy document. */
function conditionRule(type: string, path: string, keys: Documented): Rule {
  const [first = "ec2"] = Object.keys(keys);
  const example = (condition: object) =>
    policyDocument({ Principal: { Service: `${first}.amazonaws.com` }, Action: "x:Y", ...condition });
  return policyDocumentRule({
    id: `${type.split(":")[2] ?? type}-source-documented`.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase(),
    controls: ["IAM-09"],
    severity: "high",
    types: [type],
    path,
    missingIs: "right",
    whatToDo:
      "ask only for keys that the service's own document shows, and add the document to policies/rules/base/service-conditions.ts",
    wrong: (statement) => undocumented(statement, keys),
    pass: example({}),
    fail: example({ Condition: { StringEquals: { "aws:SourceOrgID": "o-1" } } }),
  });
}

/** What a statement asks of services that do not send it. */
function undocumented({ allows, principals, conditions }: Statement, keys: Documented): string | undefined {
  if (!allows) return undefined;
  const wanted = asked.filter((key) => conditions[key] !== undefined);
  const silent = principals.flatMap((principal) => {
    const service = serviceOf(principal);
    if (service === undefined) return [];
    const sent = keys[service] ?? [];
    return wanted
      .filter((key) => !sent.includes(key))
      .map((key) => `${service} for ${key} (documented: ${sent.join(", ") || "none"})`);
  });
  return silent.length > 0 ? `asks ${silent.join("; ")}` : undefined;
}

/** Policies ask no service for a source that it does not send, because such a grant never works and nothing says so. */
export const serviceConditionRules: readonly Rule[] = Object.entries(documented).map(
  ([type, { path, keys }]) => conditionRule(type, path, keys),
);
