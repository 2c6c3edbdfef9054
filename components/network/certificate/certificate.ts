import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A certificate that ACM renews automatically while its validation records exist.
 *
 * @returns the ARN, known when AWS has issued the certificate: listeners and distributions refuse a pending one.
 */
export function createCertificate(
  name: string,
  args: { readonly domains: readonly string[]; readonly zoneId: pulumi.Input<string> },
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const [first = "", ...others] = args.domains;
  const certificate = new aws.acm.Certificate(
    `${name}-certificate`,
    {
      domainName: first,
      subjectAlternativeNames: others,
      validationMethod: "DNS",
      // All clients and the checkers of Route 53 support RSA. Elliptic curves save a millisecond, but not all support them.
      keyAlgorithm: "RSA_2048",
      // Browsers refuse certificates that are not in a public log.
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
    },
    { parent },
  );
  const records = args.domains.map((domain) =>
    createValidationRecord(name, domain, args.zoneId, certificate, parent),
  );
  const validation = new aws.acm.CertificateValidation(
    `${name}-certificate`,
    { certificateArn: certificate.arn, validationRecordFqdns: records.map((record) => record.fqdn) },
    // DNS changes need time to spread. AWS stops trying after 72 hours; a deploy must fail much earlier.
    { parent, customTimeouts: { create: "45m" } },
  );
  return validation.certificateArn;
}

function createValidationRecord(
  name: string,
  domain: string,
  zoneId: pulumi.Input<string>,
  certificate: aws.acm.Certificate,
  parent: pulumi.Resource,
): aws.route53.Record {
  const option = certificate.domainValidationOptions.apply((options) => {
    const own = options.find((each) => each.domainName === domain);
    if (own === undefined) throw new Error(`ACM returned no validation record for "${domain}"`);
    return own;
  });
  return new aws.route53.Record(
    `${name}-validation-${domain}`,
    {
      zoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: 300,
      // The record depends only on account and name, so the certificate of the same name in the other region shares it.
      allowOverwrite: true,
    },
    // Kept for the same reason: a destroy here would stop the renewals there, unnoticed until a year later.
    { parent, retainOnDelete: true },
  );
}
