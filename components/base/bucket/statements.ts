import { type StatementInput, tlsOnlyStatement } from "../core/index.ts";
import type { BucketArgs } from "./args.ts";

/** Denies every request to the bucket without TLS. */
export function tlsOnly(arn: string): StatementInput {
  return tlsOnlyStatement("TlsOnly", ["s3:*"], [arn, `${arn}/*`]);
}

/** TLS only, and write access for the one service that delivers here, bound to this account. */
export function bucketStatements(
  arn: string,
  args: Pick<BucketArgs, "purpose" | "accountId" | "region">,
): StatementInput[] {
  if (args.purpose === "load-balancer-logs")
    return [tlsOnly(arn), loadBalancerStatement(arn, args.accountId)];
  if (args.purpose === "audit") return [tlsOnly(arn), ...trailStatements(arn, args)];
  if (args.purpose !== "flow-logs") return [tlsOnly(arn)];
  const conditions = {
    StringEquals: { "aws:SourceAccount": args.accountId },
    ArnLike: { "aws:SourceArn": `arn:aws:logs:${args.region}:${args.accountId}:*` },
  };
  const principals = { Service: ["delivery.logs.amazonaws.com"] };
  return [
    tlsOnly(arn),
    {
      sid: "DeliveryWrite",
      principals,
      actions: ["s3:PutObject"],
      resources: [`${arn}/AWSLogs/${args.accountId}/*`],
      conditions,
    },
    { sid: "DeliveryCheck", principals, actions: ["s3:GetBucketAcl"], resources: [arn], conditions },
  ];
}

/** The service sends no source condition. The account in the path, which the service writes itself, is the bound. */
function loadBalancerStatement(arn: string, accountId: string): StatementInput {
  return {
    sid: "LoadBalancerWrite",
    principals: { Service: ["logdelivery.elasticloadbalancing.amazonaws.com"] },
    actions: ["s3:PutObject"],
    resources: [`${arn}/*/AWSLogs/${accountId}/*`],
  };
}

/** Only trails of this account and region: the service would also write for other accounts that name the bucket. */
function trailStatements(arn: string, args: Pick<BucketArgs, "accountId" | "region">): StatementInput[] {
  const principals = { Service: ["cloudtrail.amazonaws.com"] };
  const trails = `arn:aws:cloudtrail:${args.region}:${args.accountId}:trail/*`;
  const conditions = { ArnLike: { "aws:SourceArn": trails } };
  return [
    { sid: "TrailCheck", principals, actions: ["s3:GetBucketAcl"], resources: [arn], conditions },
    {
      sid: "TrailWrite",
      principals,
      actions: ["s3:PutObject"],
      resources: [`${arn}/AWSLogs/${args.accountId}/*`],
      conditions,
    },
  ];
}
