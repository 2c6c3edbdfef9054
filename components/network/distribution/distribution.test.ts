import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Distribution } from "./index.ts";
import { distributionArgs, planDistribution } from "./test/distribution.fixture.ts";

const type = "aws:cloudfront/distribution:Distribution";

test("the distribution caches nothing, accepts only HTTPS, is behind the firewall and reaches its origin over TLS with the secret", async () => {
  const planned = await planDistribution();
  const behavior = {
    targetOriginId: "load-balancer",
    viewerProtocolPolicy: "https-only",
    allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    responseHeadersPolicyId: planned.one("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy").id,
  };
  expect(planned.one(type).inputs).toEqual({
    comment: "API api.",
    enabled: true,
    aliases: ["api.tasks.test"],
    httpVersion: "http2and3",
    isIpv6Enabled: true,
    priceClass: "PriceClass_All",
    webAclId: distributionArgs.webAclArn,
    origins: [
      {
        originId: "load-balancer",
        domainName: "origin.api.tasks.test",
        connectionAttempts: 2,
        connectionTimeout: 5,
        customHeaders: [{ name: "x-origin-verify", value: "shared" }],
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: ["TLSv1.2"],
          originReadTimeout: 30,
          originKeepaliveTimeout: 25,
        },
      },
    ],
    defaultCacheBehavior: { ...behavior, compress: true },
    orderedCacheBehaviors: [
      { ...behavior, pathPattern: "/tasks.v1.TaskService/*", grpcConfig: { enabled: true } },
    ],
    viewerCertificate: {
      acmCertificateArn: planned.one("aws:acm/certificateValidation:CertificateValidation").outputs
        .certificateArn,
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: "TLSv1.2_2021",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
  });
});

test("the secret for the origin is a secret in the plan", async () => {
  const planned = await planDistribution({ originSecret: pulumi.secret("shared") });
  expect(planned.one(type).secretInputs.some((path) => path.startsWith("origins"))).toBe(true);
});

test("responses of CloudFront itself also have the security headers", async () => {
  const policy = (await planDistribution()).one("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy");
  expect(policy.inputs).toEqual({
    comment: "Security headers of api.",
    securityHeadersConfig: {
      strictTransportSecurity: {
        accessControlMaxAgeSec: 63_072_000,
        includeSubdomains: true,
        override: true,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: "DENY", override: true },
      referrerPolicy: { referrerPolicy: "no-referrer", override: true },
    },
    removeHeadersConfig: { items: [{ header: "Server" }] },
  });
});

test("requests are logged to the bucket without cookies and query strings", async () => {
  const planned = await planDistribution();
  expect(planned.one("aws:cloudwatch/logDeliverySource:LogDeliverySource").inputs).toEqual({
    name: "api-logs",
    logType: "ACCESS_LOGS",
    resourceArn: planned.one(type).outputs.arn,
  });
  const destination = planned.one("aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination");
  expect(destination.inputs.deliveryDestinationConfiguration).toEqual({
    destinationResourceArn: "arn:aws:s3:::logs",
  });
  const delivery = planned.one("aws:cloudwatch/logDelivery:LogDelivery");
  expect(delivery.inputs.deliveryDestinationArn).toBe(destination.outputs.arn);
  const fields = delivery.inputs.recordFields as string[];
  expect(fields).toContain("x-edge-request-id");
  expect(fields.filter((field) => /cookie|query/i.test(field))).toEqual([]);
});

test("the name of the API has an IPv4 and an IPv6 record for the distribution", async () => {
  const planned = await planDistribution();
  const records = planned
    .all("aws:route53/record:Record")
    .filter(({ inputs }) => inputs.name === "api.tasks.test");
  expect(records.map(({ inputs }) => [inputs.type, inputs.aliases])).toEqual(
    ["A", "AAAA"].map((kind) => [
      kind,
      [
        {
          name: planned.one(type).outputs.domainName,
          zoneId: "Z2FDTNDATAQYW2",
          evaluateTargetHealth: false,
        },
      ],
    ]),
  );
});

test("errors at CloudFront and an old certificate have alarms", async () => {
  const alarms = (await planDistribution()).all("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(alarms.map(({ inputs }) => [inputs.metricName, inputs.threshold])).toEqual([
    ["DaysToExpiry", 30],
    ["5xxErrorRate", 1],
  ]);
});

test("Shield Advanced is made only where the settings ask for it", async () => {
  const settings = { ...distributionArgs.settings, shield: "advanced" } as const;
  const planned = await planDistribution({ settings });
  expect(planned.one("aws:shield/protection:Protection").inputs).toEqual({
    resourceArn: planned.one(type).outputs.arn,
  });
  expect((await planDistribution()).all("aws:shield/protection:Protection")).toEqual([]);
});

test.each([
  ["retain-all", true],
  ["remove", false],
] as const)("with removal %s the distribution is protected: %s", async (removal, kept) => {
  expect((await planDistribution({ removal })).one(type).options.protect).toBe(kept);
});

test("preview and resolved mode make the same resources", async () => {
  const program = () => void new Distribution("api", distributionArgs);
  const [preview, resolved] = [await planProgram(program, { mode: "preview" }), await planProgram(program)];
  expect(preview.resources.map(({ urn }) => urn)).toEqual(resolved.resources.map(({ urn }) => urn));
});

test("a distribution in another region, with itself as origin or without gRPC is refused, with all problems in one message", async () => {
  await expect(
    planDistribution({ region: "eu-west-1", originDomain: "api.tasks.test", grpcServices: [] }),
  ).rejects.toThrow(
    /distribution "api": 3 problems, nothing was created\.\n {2}- region: .*\n {2}- originDomain: .*\n {2}- grpcServices: /,
  );
});
