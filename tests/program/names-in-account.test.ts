import { beforeAll, expect, test } from "vitest";
import { specs } from "../../stacks/index.ts";
import type { Plan, PlannedResource } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

/** Names that must be unique where a resource lives. `global`: in the account or beyond, whatever the region. */
const ownNames: Readonly<Record<string, "region" | "global">> = {
  "accessanalyzer/analyzer analyzerName": "region",
  "amp/scraper alias": "region",
  "amp/workspace alias": "region",
  "backup/restoreTestingPlan name": "region",
  "backup/restoreTestingSelection name": "region",
  "backup/vault name": "region",
  "cloudtrail/trail name": "region",
  "cloudwatch/dashboard dashboardName": "global",
  "cloudwatch/logDeliveryDestination name": "region",
  "cloudwatch/logDeliverySource name": "region",
  "cloudwatch/logGroup name": "region",
  "cloudwatch/logResourcePolicy policyName": "region",
  "cognito/userPool name": "region",
  "cognito/userPoolDomain domain": "region",
  "costexplorer/anomalyMonitor name": "global",
  "costexplorer/anomalySubscription name": "global",
  "eks/cluster name": "region",
  "elasticache/replicationGroup finalSnapshotIdentifier": "region",
  "elasticache/replicationGroup replicationGroupId": "region",
  "elasticache/user userId": "region",
  "elasticache/userGroup userGroupId": "region",
  "iam/policy name": "global",
  "iam/role name": "global",
  "kms/alias name": "region",
  "msk/cluster clusterName": "region",
  "rds/instance finalSnapshotIdentifier": "region",
  "rds/instance identifier": "region",
  "secretsmanager/secret name": "region",
  // Metric names of WAF are dimensions of its metrics: the alarm of an equal name counts the requests of both.
  "wafv2/webAcl visibilityConfig.metricName": "region",
  "wafv2/webAclRule visibilityConfig.metricName": "region",
};

/** Names that are unique inside another resource, or that name another resource, a value or a feature of AWS. */
const otherNames: readonly string[] = [
  "acm/certificate domainName",
  "amp/ruleGroupNamespace name",
  "backup/restoreTestingSelection restoreTestingPlanName",
  "backup/vaultLockConfiguration backupVaultName",
  "backup/vaultPolicy backupVaultName",
  "cloudtrail/trail s3BucketName",
  "cloudwatch/logDelivery deliverySourceName",
  "cloudwatch/logMetricFilter logGroupName",
  "cloudwatch/logStream logGroupName",
  "cloudwatch/logStream name",
  "cloudwatch/metricAlarm metricName", // The next test compares the whole metric.
  "cognito/resourceServer identifier",
  "cognito/resourceServer name",
  "cognito/userPoolClient name",
  "ec2/eip domain",
  "ec2/vpcEndpoint serviceName",
  "eks/accessEntry clusterName",
  "eks/accessPolicyAssociation clusterName",
  "eks/addon addonName",
  "eks/addon clusterName",
  "eks/nodeGroup clusterName",
  "eks/podIdentityAssociation clusterName",
  "elasticache/replicationGroup parameterGroupName",
  "elasticache/replicationGroup subnetGroupName",
  "elasticache/user userName",
  "guardduty/detectorFeature name",
  "msk/topic name",
  "rds/instance caCertIdentifier",
  "rds/instance dbName",
  "rds/instance dbSubnetGroupName",
  "rds/instance parameterGroupName",
  "route53/record name", // Two environments share a name on purpose: failover.
  "route53/record setIdentifier",
  "s3/bucketLifecycleConfiguration bucket",
  "s3/bucketObjectLockConfiguration bucket",
  "s3/bucketOwnershipControls bucket",
  "s3/bucketPolicy bucket",
  "s3/bucketPublicAccessBlock bucket",
  "s3/bucketReplicationConfig bucket",
  "s3/bucketServerSideEncryptionConfiguration bucket",
  "s3/bucketVersioning bucket",
  "wafv2/webAclRule name",
];

const naming =
  /^(name|bucket|domain|alias|identifier|userId|userGroupId|replicationGroupId)$|(Name|Identifier)$/;

interface Named {
  readonly kind: string;
  readonly value: string;
  readonly resource: PlannedResource;
}

/** Every name-like input of the AWS resources of a plan. */
function namesOf(plan: Plan): readonly Named[] {
  return plan.resources.flatMap((resource) => {
    if (!resource.type.startsWith("aws:")) return [];
    const type = resource.type.slice(4).split(":")[0] ?? "";
    const { metricName } = (resource.inputs.visibilityConfig ?? {}) as { metricName?: unknown };
    return Object.entries({ ...resource.inputs, "visibilityConfig.metricName": metricName }).flatMap(
      ([key, value]) =>
        typeof value === "string" && naming.test(key) ? [{ kind: `${type} ${key}`, value, resource }] : [],
    );
  });
}

function regionOf(plan: Plan, { options }: PlannedResource): string {
  const spec = specs[plan.stack as keyof typeof specs];
  return options.provider.includes("::aws-recovery::") ? spec.recoveryRegion : spec.region;
}

let plans: readonly Plan[] = [];
beforeAll(async () => {
  plans = await Promise.all(environments.map((name) => planOf(name)));
  // Four plans, on a machine that may be busy.
}, 600_000);

/** Values that more than one environment of an account uses in one place. */
function shared(
  entries: readonly { readonly key: string; readonly environment: string }[],
): readonly string[] {
  return [...Map.groupBy(entries, ({ key }) => key)].flatMap(([key, group]) => {
    const users = new Set(group.map(({ environment }) => environment));
    return users.size > 1 ? [`${key}: ${[...users].join(", ")}`] : [];
  });
}

const accountOf = (plan: Plan): string => plan.config["task-platform:accountId"] ?? "";

test("every kind of name in a plan is known to be unique in its region, or to need no uniqueness", () => {
  const known = new Set([...Object.keys(ownNames), ...otherNames]);
  const kinds = new Set(plans.flatMap(namesOf).map(({ kind }) => kind));
  expect([...kinds].filter((kind) => !known.has(kind))).toEqual([]);
  expect([...known].filter((kind) => !kinds.has(kind))).toEqual([]);
});

test("no two environments of an account use the same name in the same region", () => {
  const entries = plans.flatMap((plan) =>
    namesOf(plan).flatMap(({ kind, value, resource }) => {
      const scope = ownNames[kind];
      if (scope === undefined) return [];
      const place = scope === "global" ? "global" : regionOf(plan, resource);
      return [{ key: `${accountOf(plan)} ${place} ${kind} "${value}"`, environment: plan.stack }];
    }),
  );
  expect(entries.length).toBeGreaterThan(100);
  expect(shared(entries)).toEqual([]);
});

test("no alarm of an environment watches a metric of another environment in the same account and region", () => {
  const entries = plans.flatMap((plan) =>
    plan.all("aws:cloudwatch/metricAlarm:MetricAlarm").flatMap((alarm) => {
      const { namespace, metricName, dimensions, metricQueries = [] } = alarm.inputs;
      const single = metricName === undefined ? [] : [{ namespace, metricName, dimensions }];
      const queried = (metricQueries as { metric?: Record<string, unknown> }[]).flatMap(({ metric }) =>
        metric
          ? [{ namespace: metric.namespace, metricName: metric.metricName, dimensions: metric.dimensions }]
          : [],
      );
      const place = `${accountOf(plan)} ${regionOf(plan, alarm)}`;
      return [...single, ...queried].map((metric) => ({
        key: `${place} ${JSON.stringify(metric)}`,
        environment: plan.stack,
      }));
    }),
  );
  expect(entries.length).toBeGreaterThan(100);
  expect(shared(entries)).toEqual([]);
});
