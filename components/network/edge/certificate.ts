import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A certificate that ACM renews by itself, as long as its validation records are there. Returns the ARN once AWS has
 * issued it: listeners and distributions refuse a pending one.
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
      // Every client, and Route 53's checkers, can verify it; elliptic curves save a millisecond and lose some.
      keyAlgorithm: "RSA_2048",
      // Browsers refuse certificates that are in no public log.
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
    // DNS has to spread first; AWS gives up after 72 hours, a person much earlier.
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
    if (own === undefined) throw new Error(`ACM names no validation record for "${domain}"`);
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
      // The record depends on account and name only, so the other region's certificate of this name has the same one.
      allowOverwrite: true,
    },
    // For the same reason it stays: a destroy here would end the renewals there, a year later and unseen.
    { parent, retainOnDelete: true },
  );
}
