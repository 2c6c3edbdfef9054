import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { checkDomain, createCertificate } from "./index.ts";

const domains = ["api.tasks.test", "us-east-1.api.tasks.test"];

const planCertificate = () =>
  planProgram(() => {
    const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
    return { arn: createCertificate("api", { domains, zoneId: "Z1" }, parent) };
  });

test("the certificate has every name, is validated by DNS and is in the public logs", async () => {
  const planned = await planCertificate();
  expect(planned.one("aws:acm/certificate:Certificate").inputs).toEqual({
    domainName: "api.tasks.test",
    subjectAlternativeNames: ["us-east-1.api.tasks.test"],
    validationMethod: "DNS",
    keyAlgorithm: "RSA_2048",
    options: { certificateTransparencyLoggingPreference: "ENABLED" },
  });
});

test("each name has its validation record, which the other region shares and a destroy keeps", async () => {
  const planned = await planCertificate();
  const records = planned.all("aws:route53/record:Record");
  expect(records.map(({ inputs }) => inputs)).toEqual(
    domains.map((domain) => ({
      zoneId: "Z1",
      name: `_planned.${domain}.`,
      type: "CNAME",
      records: [`_planned.${domain}.acm-validations.aws.`],
      ttl: 300,
      allowOverwrite: true,
    })),
  );
  expect(records.map(({ options }) => [options.retainOnDelete, options.protect])).toEqual([
    [true, false],
    [true, false],
  ]);
  const validation = planned.one("aws:acm/certificateValidation:CertificateValidation");
  expect(validation.inputs.validationRecordFqdns).toEqual(records.map(({ inputs }) => inputs.name));
  expect(planned.outputs.arn).toBe(validation.outputs.certificateArn);
});

test.each(["*.tasks.test", "tasks", "API.tasks.test", "api.tasks.test.", `${"a".repeat(60)}.tasks.test`])(
  "the domain %s is refused",
  (domain) => {
    expect(checkDomain("domain", domain)).toMatchObject([{ argument: "domain", given: `"${domain}"` }]);
  },
);

test("a full name is accepted", () => {
  for (const domain of domains) expect(checkDomain("domain", domain)).toEqual([]);
});
