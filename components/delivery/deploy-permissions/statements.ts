import type { StatementInput } from "../../base/core/index.ts";
import { topicResources } from "../read-permissions/index.ts";
import { type Area, actionsOf, typesOf } from "./areas.ts";
import type { DeployScope } from "./args.ts";
import { linkedRoles } from "./linked-roles.ts";
import type { TypeActions } from "./shared-actions.ts";

/** Global services: IAM sees their calls in us-east-1, whatever the region of the program. */
const withoutRegion = new Set(["budgets", "ce", "cloudfront", "iam", "route53", "shield"]);
const globalRegion = "us-east-1";

/** Actions with a narrower limit than a region. */
const limits = {
  zone: ["route53:ChangeResourceRecordSets"],
  reference: ["kafka:CreateReplicatorReference"],
  grant: ["kms:CreateGrant"],
  secret: [
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecretVersionStage",
  ],
  key: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:RetireGrant"],
} as const;

type Limit = keyof typeof limits | "topic" | "global" | "region";

function limitOf(action: string): Limit {
  const [own] = Object.entries(limits).find(([, actions]) => actions.some((one) => one === action)) ?? [];
  if (own !== undefined) return own as keyof typeof limits;
  const service = action.slice(0, action.indexOf(":"));
  if (service === "kafka-cluster") return "topic";
  return withoutRegion.has(service) ? "global" : "region";
}

/** Permissions to change resources, as one policy per area. An area without resources in the environment has no policy. */
export function changeStatements(
  scope: DeployScope,
): Readonly<Partial<Record<Area, readonly StatementInput[]>>> {
  const areas = Object.entries(typesOf(scope.makes)) as [Area, TypeActions][];
  return Object.fromEntries(
    areas.map(([area, types]) => [area, areaStatements(area, types, scope)]).filter(([, all]) => all?.length),
  );
}

function areaStatements(area: Area, types: TypeActions, scope: DeployScope): readonly StatementInput[] {
  const { accountId, regions } = scope;
  const title = `${area.charAt(0).toUpperCase()}${area.slice(1)}`;
  const of = (limit: Limit): readonly string[] =>
    actionsOf(types).filter((action) => limitOf(action) === limit);
  return some([
    {
      sid: `Change${title}`,
      actions: of("region"),
      resources: ["*"],
      // AWS generates the names of most resources, so the limit is the region.
      conditions: { StringEquals: { "aws:RequestedRegion": scope.regions } },
    },
    {
      sid: `ChangeGlobal${title}`,
      actions: of("global"),
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": globalRegion } },
    },
    {
      sid: "ChangeNames",
      actions: of("zone"),
      resources: [`arn:aws:route53:::hostedzone/${scope.hostedZoneId}`],
    },
    { sid: "ChangeTopics", actions: of("topic"), resources: topicResources(scope) },
    {
      sid: "WriteMasterPassword",
      actions: of("secret"),
      // Excludes passwords that RDS manages and secrets that people provide.
      resources: regions.map(
        (region) => `arn:aws:secretsmanager:${region}:${accountId}:secret:${scope.writtenSecrets}*`,
      ),
    },
    // A replicator refers to both of its clusters. The reference changes nothing at the source, in another region.
    {
      sid: "ReferToClusters",
      actions: of("reference"),
      resources: [
        ...topicResources(scope).filter((arn) => arn.includes(":cluster/")),
        ...(scope.sourceClusterArn === undefined ? [] : [scope.sourceClusterArn]),
      ],
    },
  ]);
}

/**
 * Permissions that services need from their caller: to use keys and to make service-linked roles.
 *
 * Keys only through a service: with direct permission on a key the role could decrypt all its data.
 */
export function serviceStatements(scope: DeployScope): readonly StatementInput[] {
  const types: TypeActions = Object.assign({}, ...Object.values(typesOf(scope.makes)));
  const of = (limit: Limit): readonly string[] =>
    actionsOf(types).filter((action) => limitOf(action) === limit);
  const keys = scope.regions.map((region) => `arn:aws:kms:${region}:${scope.accountId}:key/*`);
  const services = Object.keys(types).flatMap((type) => linkedRoles[type] ?? []);
  return some([
    {
      sid: "GrantKeysToServices",
      actions: of("grant"),
      resources: keys,
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
    {
      sid: "UseKeysByServices",
      actions: of("key"),
      resources: keys,
      conditions: {
        StringLike: { "kms:ViaService": scope.regions.map((region) => `*.${region}.amazonaws.com`) },
      },
    },
    {
      sid: "LinkRolesToServices",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [`arn:aws:iam::${scope.accountId}:role/aws-service-role/*`],
      conditions: { StringEquals: { "iam:AWSServiceName": [...new Set(services)].toSorted() } },
    },
  ]);
}

/** IAM refuses a statement without an action. */
function some(statements: readonly StatementInput[]): readonly StatementInput[] {
  return statements.filter(({ actions }) => actions.length > 0);
}
