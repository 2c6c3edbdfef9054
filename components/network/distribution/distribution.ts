import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { foundationOptions, refuse } from "../../base/core/index.ts";
import { certificateAlarm, createCertificate } from "../certificate/index.ts";
import { grpcPaths, originHeader, strictTransportSeconds } from "../edge/index.ts";
import { createShield, usesShieldAdvanced } from "../firewall/index.ts";
import { createAccessLogs } from "./access-logs.ts";
import { errorAlarm } from "./alarms.ts";
import type { DistributionArgs } from "./args.ts";
import { checkDistributionArgs } from "./check.ts";

/**
 * CloudFront in front of the load balancers: TLS near the client, the firewall at the edge, nothing cached.
 *
 * The origin is a DNS name and not a VPC origin. When us-east-1 is lost, CloudFront's own settings cannot be changed, but
 * a name can still move to the other region. So the load balancers stay public and allow only CloudFront.
 * A gRPC stream must send something every 30 s. About 1 USD per million requests; a change takes a quarter of an hour.
 */
export class Distribution extends pulumi.ComponentResource {
  readonly distributionArn: pulumi.Output<string>;
  readonly distributionId: pulumi.Output<string>;

  constructor(name: string, args: DistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:edge:Distribution", name, {}, opts);
    refuse(`distribution "${name}"`, checkDistributionArgs(args), this);

    const { zoneId, settings, alarmTopicArn } = args;
    const certificateArn = createCertificate(name, { domains: [args.domain], zoneId }, this);
    const distribution = createDistribution(name, args, certificateArn, this);
    createDistributionNames(name, args, distribution, this);
    createAccessLogs(name, { distributionArn: distribution.arn, bucketArn: args.logBucketArn }, this);
    const alarms = [errorAlarm(distribution.id), certificateAlarm(certificateArn)];
    createAlarms(name, alarms, { topicArn: alarmTopicArn }, this);
    if (usesShieldAdvanced(settings)) {
      const shield = { key: "edge", resourceArn: distribution.arn, mode: settings.mode, alarmTopicArn };
      createShield(name, shield, [distribution], this);
    }

    this.distributionArn = distribution.arn;
    this.distributionId = distribution.id;
    this.registerOutputs({ distributionArn: this.distributionArn, distributionId: this.distributionId });
  }
}

const originId = "load-balancer";

/** Managed policies of AWS. Their ids are the same in every account. */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
/** All headers except Host: it must be the origin's name, so that the certificate of the origin is valid for it. */
const allViewerExceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

function createDistribution(
  name: string,
  args: DistributionArgs,
  certificateArn: pulumi.Input<string>,
  parent: pulumi.Resource,
): aws.cloudfront.Distribution {
  const headers = createHeadersPolicy(name, parent);
  const behavior = {
    targetOriginId: originId,
    // Not a redirect: a client that sends its token without TLS must fail, so that somebody corrects it.
    viewerProtocolPolicy: "https-only",
    allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: cachingDisabled,
    originRequestPolicyId: allViewerExceptHost,
    responseHeadersPolicyId: headers.id,
  };
  return new aws.cloudfront.Distribution(
    name,
    {
      comment: `API ${name}.`,
      enabled: true,
      aliases: [args.domain],
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass: args.settings.places === "world" ? "PriceClass_All" : "PriceClass_100",
      webAclId: args.webAclArn,
      origins: [origin(args)],
      defaultCacheBehavior: { ...behavior, compress: true },
      orderedCacheBehaviors: grpcPaths(args.grpcServices).map((pathPattern) => ({
        ...behavior,
        pathPattern,
        grpcConfig: { enabled: true },
      })),
      viewerCertificate: {
        acmCertificateArn: certificateArn,
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
    },
    {
      parent,
      ...foundationOptions(args.removal),
      customTimeouts: { create: "45m", update: "45m", delete: "60m" },
    },
  );
}

/**
 * The time limit of the API, and the longest time that a stream may send nothing: CloudFront waits as long for the first
 * packet of an answer as for each next one (CloudFront developer guide, "Response timeout").
 */
export const originReadTimeoutSeconds = 30;

function origin(args: DistributionArgs): aws.types.input.cloudfront.DistributionOrigin {
  return {
    originId,
    domainName: args.originDomain,
    // Ten seconds in total until a client gets an error for an unreachable load balancer and can retry another address.
    connectionAttempts: 2,
    connectionTimeout: 5,
    customHeaders: [{ name: originHeader, value: args.originSecret }],
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy: "https-only",
      originSslProtocols: ["TLSv1.2"],
      originReadTimeout: originReadTimeoutSeconds,
      // Below the idle timeout of load balancers, which is at least 30 s, so that CloudFront closes connections first.
      originKeepaliveTimeout: 25,
    },
  };
}

/** The security headers of the load balancer, also for responses that it did not send: refusals and CloudFront errors. */
function createHeadersPolicy(name: string, parent: pulumi.Resource): aws.cloudfront.ResponseHeadersPolicy {
  return new aws.cloudfront.ResponseHeadersPolicy(
    `${name}-headers`,
    {
      comment: `Security headers of ${name}.`,
      securityHeadersConfig: {
        strictTransportSecurity: {
          accessControlMaxAgeSec: strictTransportSeconds,
          includeSubdomains: true,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "no-referrer", override: true },
      },
      removeHeadersConfig: { items: [{ header: "Server" }] },
    },
    { parent },
  );
}

function createDistributionNames(
  name: string,
  args: DistributionArgs,
  distribution: aws.cloudfront.Distribution,
  parent: pulumi.Resource,
): void {
  for (const type of ["A", "AAAA"] as const) {
    new aws.route53.Record(
      `${name}-name-${type.toLowerCase()}`,
      {
        zoneId: args.zoneId,
        name: args.domain,
        type,
        aliases: [
          {
            name: distribution.domainName,
            zoneId: distribution.hostedZoneId,
            // Route 53 cannot check the health of CloudFront and refuses true.
            evaluateTargetHealth: false,
          },
        ],
      },
      { parent },
    );
  }
}
