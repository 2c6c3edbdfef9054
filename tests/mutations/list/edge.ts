import type { Mutation } from "../mutation.ts";

/** The block "edge". */
export const edgeMutations: readonly Mutation[] = [
  {
    what: "the load balancer can be deleted by mistake",
    file: "components/network/edge/load-balancer.ts",
    find: 'enableDeletionProtection: args.removal !== "remove"',
    replace: "enableDeletionProtection: false",
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "the load balancer is public, logged, strict about requests and protected from deletion",
    },
  },
  {
    what: "invalid headers reach pods",
    file: "components/network/edge/load-balancer.ts",
    find: "dropInvalidHeaderFields: true",
    replace: "dropInvalidHeaderFields: false",
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "the load balancer is public, logged, strict about requests and protected from deletion",
    },
  },
  {
    what: "clients can forge their address",
    file: "components/network/edge/load-balancer.ts",
    find: 'xffHeaderProcessingMode: "append"',
    replace: 'xffHeaderProcessingMode: "preserve"',
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "the load balancer is public, logged, strict about requests and protected from deletion",
    },
  },
  {
    what: "all requests pass while the firewall is not reachable",
    file: "components/network/edge/load-balancer.ts",
    find: "enableWafFailOpen: false",
    replace: "enableWafFailOpen: true",
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "the load balancer is public, logged, strict about requests and protected from deletion",
    },
  },
  {
    what: "requests are not logged",
    file: "components/network/edge/load-balancer.ts",
    find: "accessLogs: { enabled: true",
    replace: "accessLogs: { enabled: false",
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "the load balancer is public, logged, strict about requests and protected from deletion",
    },
  },
  {
    what: "the load balancer supports old TLS versions",
    file: "components/network/edge/listeners.ts",
    find: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    replace: "ELBSecurityPolicy-2016-08",
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "HTTPS accepts only modern TLS, answers 404 to requests without a rule and sets the security headers",
    },
  },
  {
    what: "the API is served without TLS",
    file: "components/network/edge/listeners.ts",
    find: '{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },',
    replace:
      '{ type: "forward", targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/rest/1" },',
    caughtBy: { file: "components/network/edge/edge.test.ts", test: "HTTP only redirects to HTTPS" },
  },
  {
    what: "the redirect goes to HTTP",
    file: "components/network/edge/listeners.ts",
    find: 'redirect: { protocol: "HTTPS", port: "443"',
    replace: 'redirect: { protocol: "HTTP", port: "80"',
    caughtBy: { file: "components/network/edge/edge.test.ts", test: "HTTP only redirects to HTTPS" },
  },
  {
    what: "browsers are not forced to use TLS",
    file: "components/network/edge/listeners.ts",
    find: "`max-age=${strictTransportSeconds}; includeSubDomains`",
    replace: "`max-age=0${strictTransportSeconds}; includeSubDomains`",
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "HTTPS accepts only modern TLS, answers 404 to requests without a rule and sets the security headers",
    },
  },
  {
    what: "the load balancer does not require the secret of the distribution",
    file: "components/network/edge/listeners.ts",
    find: "[{ httpHeader: { httpHeaderName: originHeader, values: [args.reach.secret] } }]",
    replace: "[]",
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "behind a distribution only CloudFront's addresses reach the load balancer, on 443, and only with the secret",
    },
  },
  {
    what: "unhealthy pods stay in service",
    file: "components/network/edge/targets.ts",
    find: "    enabled: true,",
    replace: "    enabled: false,",
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "the health of REST is checked on the admin port, that of gRPC by the gRPC health service",
    },
  },
  {
    what: "every address can bypass the load balancer",
    file: "components/network/edge/security-groups.ts",
    find: "        referencedSecurityGroupId: group.id,",
    replace: '        cidrIpv4: "0.0.0.0/0",',
    caughtBy: {
      file: "components/network/edge/edge.test.ts",
      test: "clients reach 443 and 80, and egress and ingress allow the load balancer to reach the three ports of the pods",
    },
  },
  {
    what: "a load balancer without healthy pods gets traffic",
    file: "components/network/edge/dns.ts",
    find: "evaluateTargetHealth: true",
    replace: "evaluateTargetHealth: false",
    caughtBy: {
      file: "components/network/edge/dns.test.ts",
      test: "the primary gets the traffic while a probe from outside, through TLS to a pod, succeeds",
    },
  },
  {
    what: "a failed region keeps its traffic",
    file: "components/network/edge/dns.ts",
    find: "    ...(healthCheck === undefined ? {} : { healthCheckId: healthCheck.id }),",
    replace: "",
    caughtBy: {
      file: "components/network/edge/dns.test.ts",
      test: "the primary gets the traffic while a probe from outside, through TLS to a pod, succeeds",
    },
  },
  {
    what: "the distribution can use HTTP to its origin",
    file: "components/network/distribution/distribution.ts",
    find: 'originProtocolPolicy: "https-only"',
    replace: 'originProtocolPolicy: "match-viewer"',
    caughtBy: {
      file: "components/network/distribution/distribution.test.ts",
      test: "the distribution caches nothing, accepts only HTTPS, is behind the firewall and reaches its origin over TLS with the secret",
    },
  },
  {
    what: "the distribution has no firewall",
    file: "components/network/distribution/distribution.ts",
    find: "      webAclId: args.webAclArn,",
    replace: "",
    caughtBy: {
      file: "components/network/distribution/distribution.test.ts",
      test: "the distribution caches nothing, accepts only HTTPS, is behind the firewall and reaches its origin over TLS with the secret",
    },
  },
  {
    what: "the distribution supports old TLS versions",
    file: "components/network/distribution/distribution.ts",
    find: 'minimumProtocolVersion: "TLSv1.2_2021"',
    replace: 'minimumProtocolVersion: "TLSv1"',
    caughtBy: {
      file: "components/network/distribution/distribution.test.ts",
      test: "the distribution caches nothing, accepts only HTTPS, is behind the firewall and reaches its origin over TLS with the secret",
    },
  },
  {
    what: "a destroy removes the validation records that the other region needs",
    file: "components/network/certificate/certificate.ts",
    find: "retainOnDelete: true",
    replace: "retainOnDelete: false",
    caughtBy: {
      file: "components/network/certificate/certificate.test.ts",
      test: "each name has its validation record, which the other region shares and a destroy keeps",
    },
  },
];
