import type { StatementInput } from "../../base/core/index.ts";
import { type Area, typesOf, union } from "./deploy-actions.ts";
import type { TypeActions } from "./deploy-calls.ts";
import type { GithubRolesArgs } from "./github-args.ts";
import { linkedRoles } from "./linked-roles.ts";

/** Services without a region: IAM sees their calls in us-east-1, wherever the program works. */
const withoutRegion = new Set(["budgets", "ce", "cloudfront", "iam", "route53", "shield"]);
const globalRegion = "us-east-1";

/** Actions with a fence of their own, which is narrower than a region. */
const fences = {
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

type Fence = keyof typeof fences | "topic" | "global" | "region";

function fenceOf(action: string): Fence {
  const [own] = Object.entries(fences).find(([, actions]) => actions.some((one) => one === action)) ?? [];
  if (own !== undefined) return own as keyof typeof fences;
  const service = action.slice(0, action.indexOf(":"));
  if (service === "kafka-cluster") return "topic";
  return withoutRegion.has(service) ? "global" : "region";
}

/** What a deploy changes, as one policy for each area; an area of which the environment makes nothing has none. */
export function changeStatements(
  args: GithubRolesArgs,
): Readonly<Partial<Record<Area, readonly StatementInput[]>>> {
  const areas = Object.entries(typesOf(args.makes)) as [Area, TypeActions][];
  return Object.fromEntries(
    areas.map(([area, types]) => [area, areaStatements(area, types, args)]).filter(([, all]) => all?.length),
  );
}

function areaStatements(area: Area, types: TypeActions, args: GithubRolesArgs): readonly StatementInput[] {
  const { accountId, regions } = args;
  const title = `${area.charAt(0).toUpperCase()}${area.slice(1)}`;
  const of = (fence: Fence): readonly string[] => union(types).filter((action) => fenceOf(action) === fence);
  return some([
    {
      sid: `Change${title}`,
      actions: of("region"),
      resources: ["*"],
      // Names of most resources are made by AWS, so the fence is the region: what is elsewhere is not touched.
      conditions: { StringEquals: { "aws:RequestedRegion": args.regions } },
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
      resources: [`arn:aws:route53:::hostedzone/${args.hostedZoneId}`],
    },
    { sid: "ChangeTopics", actions: of("topic"), resources: topicResources(args) },
    {
      sid: "WriteMasterPassword",
      actions: of("secret"),
      // Neither the passwords that RDS keeps nor what people bring.
      resources: regions.map(
        (region) => `arn:aws:secretsmanager:${region}:${accountId}:secret:${args.writtenSecrets}*`,
      ),
    },
    // What is copied is in another region; the reference changes nothing there.
    { sid: "ReferToSource", actions: of("reference"), resources: [`arn:aws:kafka:*:${accountId}:cluster/*`] },
  ]);
}

/** Brokers and their topics: the region is in the ARN, because brokers answer the request and not AWS's endpoint. */
export function topicResources({ regions, accountId }: GithubRolesArgs): readonly string[] {
  return regions.flatMap((region) => [
    `arn:aws:kafka:${region}:${accountId}:cluster/*`,
    `arn:aws:kafka:${region}:${accountId}:topic/*`,
  ]);
}

/**
 * What services do in the name of who deploys: take keys, and have roles of their own made.
 *
 * Only through a service: with a key alone the role could read whatever the key encrypts.
 */
export function serviceStatements(args: GithubRolesArgs): readonly StatementInput[] {
  const types: TypeActions = Object.assign({}, ...Object.values(typesOf(args.makes)));
  const of = (fence: Fence): readonly string[] => union(types).filter((action) => fenceOf(action) === fence);
  const keys = args.regions.map((region) => `arn:aws:kms:${region}:${args.accountId}:key/*`);
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
        StringLike: { "kms:ViaService": args.regions.map((region) => `*.${region}.amazonaws.com`) },
      },
    },
    {
      sid: "LinkRolesToServices",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [`arn:aws:iam::${args.accountId}:role/aws-service-role/*`],
      conditions: { StringEquals: { "iam:AWSServiceName": [...new Set(services)].toSorted() } },
    },
  ]);
}

/** IAM takes no statement without an action. */
function some(statements: readonly StatementInput[]): readonly StatementInput[] {
  return statements.filter(({ actions }) => actions.length > 0);
}
