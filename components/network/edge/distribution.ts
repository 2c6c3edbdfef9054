import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AlarmSpec, createAlarms } from "../../base/alarms/index.ts";
import { foundationOptions, type Removal, refuse } from "../../base/core/index.ts";
import { createShield } from "../firewall/index.ts";
import { certificateSpec } from "./alarm-specs.ts";
import { originHeader } from "./args.ts";
import { createCertificate } from "./certificate.ts";
import { distributionArgProblems } from "./check-distribution.ts";
import { createDistributionLogs } from "./distribution-logs.ts";
import { grpcPaths, strictTransportSeconds } from "./listeners.ts";
import type { DistributionSettings } from "./settings.ts";

export interface DistributionArgs {
  readonly settings: DistributionSettings;
  readonly removal: Removal;
  /** Region of the block's provider; certificates, logs and alarms of CloudFront live in us-east-1 only. */
  readonly region: string;
  /** Name of the API. One distribution in the world may have it, so the recovery region makes none. */
  readonly domain: string;
  /** Name of the load balancers; failover between the regions happens behind this name. */
  readonly originDomain: string;
  readonly zoneId: pulumi.Input<string>;
  /** The same as in `reach.secret` of every edge that answers to `originDomain`. */
  readonly originSecret: pulumi.Input<string>;
  readonly grpcServices: readonly string[];
  /** A firewall of scope `cloudfront`. */
  readonly webAclArn: pulumi.Input<string>;
  /** A bucket whose policy lets log delivery of us-east-1 write. */
  readonly logBucketArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/**
 * CloudFront in front of the load balancers: TLS near the client, the firewall at the edge, nothing cached.
 *
 * The origin is a name and no VPC origin: only a name can move to another region while CloudFront's own settings
 * cannot be changed because their region is lost. Load balancers therefore stay public, open to CloudFront alone.
 * A gRPC stream must send something every 30 s. About 1 USD a million requests, and a quarter of an hour to change.
 */
export class Distribution extends pulumi.ComponentResource {
  readonly distributionArn: pulumi.Output<string>;
  readonly distributionId: pulumi.Output<string>;

  constructor(name: string, args: DistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:edge:Distribution", name, {}, opts);
    refuse(`distribution "${name}"`, distributionArgProblems(args), this);

    const { zoneId, settings, alarmTopicArn } = args;
    const certificateArn = createCertificate(name, { domains: [args.domain], zoneId }, this);
    const distribution = createDistribution(name, args, certificateArn, this);
    createDistributionNames(name, args, distribution, this);
    createDistributionLogs(name, { distributionArn: distribution.arn, bucketArn: args.logBucketArn }, this);
    const specs = [...distributionAlarmSpecs(distribution.id), certificateSpec(certificateArn)];
    createAlarms(name, specs, { topicArn: alarmTopicArn }, this);
    if (settings.shield === "advanced") {
      const shield = { key: "edge", resourceArn: distribution.arn, mode: settings.mode, alarmTopicArn };
      createShield(name, shield, [distribution], this);
    }

    this.distributionArn = distribution.arn;
    this.distributionId = distribution.id;
    this.registerOutputs({ distributionArn: this.distributionArn, distributionId: this.distributionId });
  }
}

const originId = "load-balancer";

/** AWS's own policies, by the ids they have in every account. */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
/** Everything but Host, which must be the origin's name for its certificate to fit. */
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
    // Not a redirect: a client that sends its token in the clear must fail and be mended.
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

function origin(args: DistributionArgs): aws.types.input.cloudfront.DistributionOrigin {
  return {
    originId,
    domainName: args.originDomain,
    // Ten seconds in all until a client hears of a load balancer that is gone, and asks again, by another address.
    connectionAttempts: 2,
    connectionTimeout: 5,
    customHeaders: [{ name: originHeader, value: args.originSecret }],
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy: "https-only",
      originSslProtocols: ["TLSv1.2"],
      // The limit of the API, and of the silence of a stream.
      originReadTimeout: 30,
      // Below the silence that load balancers allow, at least 30 s, so that CloudFront closes first.
      originKeepaliveTimeout: 25,
    },
  };
}

/** What the load balancer sets too, here also on answers that never reached it: refusals and CloudFront's errors. */
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
            // Route 53 cannot ask CloudFront, and refuses true.
            evaluateTargetHealth: false,
          },
        ],
      },
      { parent },
    );
  }
}

function distributionAlarmSpecs(distributionId: pulumi.Input<string>): readonly AlarmSpec[] {
  return [
    {
      key: "errors",
      description:
        "More than one answer in a hundred is a 5xx at CloudFront. Compare with the alarms of the load balancer: if those are silent, CloudFront cannot reach it.",
      namespace: "AWS/CloudFront",
      metric: "5xxErrorRate",
      dimensions: { DistributionId: distributionId, Region: "Global" },
      statistic: "Average",
      comparison: "above",
      // Per cent; where the API's error rate is an alarm too.
      threshold: 1,
      periodSeconds: 60,
      periods: 5,
      missing: "notBreaching",
    },
  ];
}
