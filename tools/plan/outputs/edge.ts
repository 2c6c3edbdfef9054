import { nameOf, type OutputContext, type OutputTable, uuidOf } from "./table.ts";

/** Load balancers, ACM, Route 53, CloudFront, WAF and Shield. Metrics use the ARN suffixes as dimensions. */
export const edgeOutputs = {
  "aws:lb/loadBalancer:LoadBalancer": (r) => {
    const suffix = `app/${nameOf(r)}/${longHash(r)}`;
    return {
      id: r.arn("elasticloadbalancing", `loadbalancer/${suffix}`),
      arn: r.arn("elasticloadbalancing", `loadbalancer/${suffix}`),
      arnSuffix: suffix,
      name: nameOf(r),
      dnsName: `${nameOf(r)}-${r.hash}.${r.region}.elb.amazonaws.com`,
      zoneId: `Z${r.hash.toUpperCase()}ELB`,
    };
  },
  "aws:lb/targetGroup:TargetGroup": (r) => {
    const suffix = `targetgroup/${nameOf(r)}/${longHash(r)}`;
    const arn = r.arn("elasticloadbalancing", suffix);
    return { id: arn, arn, arnSuffix: suffix, name: nameOf(r) };
  },
  "aws:lb/listener:Listener": (r) => {
    const arn = String(r.inputs.loadBalancerArn).replace(":loadbalancer/", ":listener/");
    return { id: `${arn}/${longHash(r)}`, arn: `${arn}/${longHash(r)}` };
  },
  "aws:lb/listenerRule:ListenerRule": (r) => {
    const arn = String(r.inputs.listenerArn).replace(":listener/", ":listener-rule/");
    return { id: `${arn}/${longHash(r)}`, arn: `${arn}/${longHash(r)}` };
  },
  "aws:acm/certificate:Certificate": (r) => {
    const arn = r.arn("acm", `certificate/${uuidOf(r)}`);
    const others = (r.inputs.subjectAlternativeNames ?? []) as string[];
    const domains = [String(r.inputs.domainName), ...others];
    return { id: arn, arn, domainValidationOptions: domains.map((domain) => validationOption(domain)) };
  },
  "aws:acm/certificateValidation:CertificateValidation": (r) => ({
    certificateArn: r.inputs.certificateArn,
  }),
  "aws:route53/record:Record": (r) => ({ fqdn: r.inputs.name }),
  "aws:route53/healthCheck:HealthCheck": (r) => {
    const id = uuidOf(r);
    // A global ARN without region and account.
    return { id, arn: `arn:aws:route53:::healthcheck/${id}` };
  },
  "aws:cloudfront/distribution:Distribution": (r) => {
    const id = `E${r.hash.toUpperCase()}`;
    return {
      id,
      arn: `arn:aws:cloudfront::${r.accountId}:distribution/${id}`,
      domainName: `d${r.hash}.cloudfront.net`,
      // Every distribution has this zone.
      hostedZoneId: "Z2FDTNDATAQYW2",
    };
  },
  "aws:wafv2/webAcl:WebAcl": (r) => ({ id: uuidOf(r), arn: wafArn(r, "webacl"), name: wafName(r) }),
  "aws:wafv2/ipSet:IpSet": (r) => ({ id: uuidOf(r), arn: wafArn(r, "ipset"), name: wafName(r) }),
  "aws:shield/protection:Protection": (r) => ({
    id: uuidOf(r),
    // Shield is global, so its ARNs have no region.
    arn: `arn:aws:shield::${r.accountId}:protection/${uuidOf(r)}`,
  }),
} satisfies OutputTable;

/** Sixteen digits, as in the ARN of a load balancer. */
function longHash(r: OutputContext): string {
  return `${r.hash}${r.hash}`;
}

function validationOption(domainName: string): Record<string, string> {
  return {
    domainName,
    resourceRecordName: `_planned.${domainName}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_planned.${domainName}.acm-validations.aws.`,
  };
}

function wafName(r: OutputContext): string {
  return `${r.name}-${r.hash.slice(0, 7)}`;
}

function wafArn(r: OutputContext, kind: string): string {
  const scope = r.inputs.scope === "CLOUDFRONT" ? "global" : "regional";
  return r.arn("wafv2", `${scope}/${kind}/${wafName(r)}/${uuidOf(r)}`);
}
