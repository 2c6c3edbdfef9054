import {
  between,
  custom,
  hardened,
  isFalse,
  isTrue,
  list,
  mismatch,
  oneOf,
  overStack,
  type Plain,
  present,
  property,
  type Rule,
  read,
  record,
  subnetsIn,
  text,
  unless,
  zonesOf,
} from "../../kit/index.ts";

const balancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";

function isApplication({ loadBalancerType }: Plain): boolean {
  return loadBalancerType === undefined || loadBalancerType === "application";
}

function isEncrypted({ protocol }: Plain): boolean {
  return protocol === "HTTPS" || protocol === "TLS";
}

function redirects({ defaultActions }: Plain): boolean {
  const actions = list(defaultActions).map(record);
  return (
    actions.length > 0 &&
    actions.every(
      (action) =>
        action.type === "redirect" &&
        read(action, "redirect.protocol") === "HTTPS" &&
        read(action, "redirect.statusCode") === "HTTP_301",
    )
  );
}

export const loadBalancerRules: readonly Rule[] = [
  custom({
    id: "listener-encrypted",
    controls: ["ALB-01", "ALB-02"],
    severity: "critical",
    types: [listener],
    whatToDo: "set HTTPS, or redirect to 443 with HTTP_301",
    check: (inputs) =>
      unless(
        isEncrypted(inputs) || redirects(inputs),
        mismatch("protocol", inputs.protocol, "HTTPS, TLS or a redirect"),
      ),
    pass: { protocol: "HTTPS", defaultActions: [{ type: "forward" }] },
    fail: { protocol: "HTTP", defaultActions: [{ type: "forward" }] },
  }),
  property({
    id: "listener-policy-current",
    controls: ["ALB-03"],
    severity: "high",
    types: [listener],
    path: "sslPolicy",
    when: isEncrypted,
    rest: { protocol: "HTTPS" },
    is: {
      allowed: "ELBSecurityPolicy-TLS13-1-2-*",
      holds: (value) => /^ELBSecurityPolicy-TLS13-1-[23]-/.test(text(value)),
      right: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      wrong: "ELBSecurityPolicy-2016-08",
    },
    whatToDo: "use the restricted policy with TLS 1.3",
  }),
  property({
    id: "listener-hides-server",
    controls: ["ALB-18"],
    severity: "low",
    environments: hardened,
    types: [listener],
    path: "routingHttpResponseServerEnabled",
    when: ({ protocol }) => protocol === "HTTPS",
    rest: { protocol: "HTTPS" },
    is: isFalse,
    whatToDo: "turn the server header off",
  }),
  property({
    id: "listener-demands-tls-of-browsers",
    controls: ["ALB-18"],
    severity: "low",
    environments: hardened,
    types: [listener],
    path: "routingHttpResponseStrictTransportSecurityHeaderValue",
    when: ({ protocol }) => protocol === "HTTPS",
    rest: { protocol: "HTTPS" },
    is: present("max-age=31536000; includeSubDomains"),
    whatToDo: "send the header from the load balancer, so that every response has it",
  }),
  property({
    id: "balancer-logged",
    controls: ["ALB-04"],
    severity: "medium",
    environments: hardened,
    types: [balancer],
    path: "accessLogs.enabled",
    is: isTrue,
    whatToDo: "log to the log bucket of the stack",
  }),
  property({
    id: "balancer-log-bucket-named",
    controls: ["ALB-04"],
    severity: "medium",
    environments: hardened,
    types: [balancer],
    path: "accessLogs.bucket",
    is: present("load-balancer-logs"),
    whatToDo: "name the bucket",
  }),
  property({
    id: "balancer-deletion-protected",
    controls: ["ALB-05"],
    severity: "medium",
    environments: hardened,
    types: [balancer],
    path: "enableDeletionProtection",
    is: isTrue,
    whatToDo: "turn it on: DNS points to it",
  }),
  property({
    id: "balancer-drops-bad-headers",
    controls: ["ALB-06"],
    severity: "medium",
    types: [balancer],
    path: "dropInvalidHeaderFields",
    when: isApplication,
    is: isTrue,
    whatToDo: "turn it on",
  }),
  property({
    id: "balancer-defends-desync",
    controls: ["ALB-07"],
    severity: "medium",
    types: [balancer],
    path: "desyncMitigationMode",
    when: isApplication,
    is: oneOf("defensive", "strictest"),
    whatToDo: "state the mode",
  }),
  overStack({
    id: "balancer-spans-zones",
    controls: ["ALB-08"],
    severity: "medium",
    whatToDo: "name subnets of more zones",
    check: (stack, { environment }) => {
      const least = environment === "prod" ? 3 : 2;
      return stack.of(balancer).flatMap((resource) => {
        const zones = Math.max(
          zonesOf(stack, resource, "subnets").length,
          zonesOf(stack, resource, "subnetMappings").length,
        );
        return unless(zones >= least, {
          resource,
          message: `subnets: got ${zones} zones; allowed: ${least} or more`,
        });
      });
    },
    pass: [...subnetsIn("a", "b", "c"), { type: balancer, inputs: { subnets: ["a", "b", "c"] } }],
    fail: [...subnetsIn("a"), { type: balancer, inputs: { subnets: ["a"] } }],
    missing: [{ type: balancer }],
  }),
  property({
    id: "balancer-crosses-zones",
    controls: ["ALB-09"],
    severity: "low",
    environments: hardened,
    types: [balancer],
    path: "enableCrossZoneLoadBalancing",
    when: ({ loadBalancerType }) => loadBalancerType === "network",
    rest: { loadBalancerType: "network" },
    is: isTrue,
    whatToDo: "turn it on",
  }),
  property({
    id: "balancer-appends-client-address",
    controls: ["ALB-17"],
    severity: "medium",
    types: [balancer],
    path: "xffHeaderProcessingMode",
    when: isApplication,
    is: oneOf("append"),
    whatToDo: "set append: with preserve a client can forge its own address",
  }),
  property({
    id: "balancer-idle-bounded",
    controls: ["ALB-19"],
    severity: "medium",
    types: [balancer],
    path: "idleTimeout",
    when: isApplication,
    is: between(1, 60),
    missingIs: "right",
    whatToDo: "set 60 seconds or less: services keep idle connections open longer than that",
  }),
  overStack({
    id: "balancer-public-once",
    controls: ["ALB-14"],
    severity: "high",
    whatToDo: "make it internal: only one load balancer faces the internet",
    check: (stack) => {
      const undecided = stack.of(balancer).filter(({ inputs }) => inputs.internal === undefined);
      const open = stack.of(balancer).filter(({ inputs }) => inputs.internal === false);
      return [
        ...undecided.map((resource) => ({
          resource,
          message: "internal: got nothing; allowed: true or false",
        })),
        ...open.slice(1).map((resource) => ({
          resource,
          message: `internal: got false beside ${open[0]?.name}; allowed: true`,
        })),
      ];
    },
    pass: [
      { type: balancer, inputs: { internal: false } },
      { type: balancer, inputs: { internal: true } },
    ],
    fail: [
      { type: balancer, inputs: { internal: false } },
      { type: balancer, inputs: { internal: false } },
    ],
    missing: [{ type: balancer }],
  }),
];
