import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Edge } from "./index.ts";
import { behindDistribution, edgeArgs, planEdge, withChanges } from "./test/edge.fixture.ts";

const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const listenerType = "aws:lb/listener:Listener";
const ruleType = "aws:lb/listenerRule:ListenerRule";
const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

test("the load balancer is public, logged, strict about requests and protected from deletion", async () => {
  const planned = await planEdge();
  const balancer = planned.one(balancerType);
  expect(balancer.inputs).toEqual({
    loadBalancerType: "application",
    internal: false,
    ipAddressType: "ipv4",
    securityGroups: [planned.one(groupType).id],
    subnets: ["subnet-a", "subnet-b"],
    enableDeletionProtection: true,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: "defensive",
    xffHeaderProcessingMode: "append",
    preserveHostHeader: false,
    enableHttp2: true,
    enableWafFailOpen: false,
    enableZonalShift: true,
    idleTimeout: 60,
    accessLogs: { enabled: true, bucket: "logs", prefix: "api/requests" },
    connectionLogs: { enabled: true, bucket: "logs", prefix: "api/connections" },
  });
});

test.each([
  ["retain-all", true, true],
  ["retain-data", false, false],
  ["remove", false, false],
] as const)(
  "with removal %s deletion protection of AWS is %s and protection by Pulumi is %s",
  async (removal, aws, own) => {
    const balancer = (await planEdge({ removal })).one(balancerType);
    expect([balancer.inputs.enableDeletionProtection, balancer.options.protect]).toEqual([aws, own]);
  },
);

test("no physical name is fixed, so that a replacement can exist beside the old resource", async () => {
  const planned = await planEdge();
  const named = [balancerType, "aws:lb/targetGroup:TargetGroup", groupType].flatMap((type) =>
    planned.all(type),
  );
  expect(named.filter(({ inputs }) => inputs.name !== undefined || inputs.namePrefix !== undefined)).toEqual(
    [],
  );
  expect(planned.resources.filter(({ options }) => options.deleteBeforeReplace)).toEqual([]);
});

test("HTTPS accepts only modern TLS, answers 404 to requests without a rule and sets the security headers", async () => {
  const planned = await planEdge();
  expect(planned.one(listenerType, "api-https").inputs).toEqual({
    loadBalancerArn: planned.one(balancerType).outputs.arn,
    port: 443,
    protocol: "HTTPS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    certificateArn: planned.one("aws:acm/certificateValidation:CertificateValidation").outputs.certificateArn,
    defaultActions: [
      {
        type: "fixed-response",
        fixedResponse: {
          statusCode: "404",
          contentType: "application/json",
          messageBody: '{"type":"about:blank","title":"Not Found","status":404}',
        },
      },
    ],
    routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=63072000; includeSubDomains",
    routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
    routingHttpResponseXFrameOptionsHeaderValue: "DENY",
    routingHttpResponseServerEnabled: false,
  });
});

test("HTTP only redirects to HTTPS", async () => {
  expect((await planEdge()).one(listenerType, "api-http").inputs).toMatchObject({
    port: 80,
    protocol: "HTTP",
    defaultActions: [
      { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
    ],
  });
});

test("only the listed paths of our names are forwarded, gRPC and REST each to its target group", async () => {
  const planned = await planEdge();
  const target = (name: string) => planned.one("aws:lb/targetGroup:TargetGroup", name).outputs.arn;
  const hosts = { hostHeader: { values: ["api.tasks.test", "us-east-1.api.tasks.test"] } };
  const forward = (name: string) => [{ type: "forward", targetGroupArn: target(name) }];
  expect(
    planned.all(ruleType).map(({ inputs }) => [inputs.priority, inputs.conditions, inputs.actions]),
  ).toEqual([
    [200, [hosts, { pathPattern: { values: ["/tasks.v1.TaskService/*"] } }], forward("api-grpc")],
    [
      100,
      [{ hostHeader: { values: ["us-east-1.api.tasks.test"] } }, { pathPattern: { values: ["/v1/health"] } }],
      forward("api-rest"),
    ],
    [300, [hosts, { pathPattern: { values: ["/v1/*", "/openapi.json"] } }], forward("api-rest")],
  ]);
});

test("the health of REST is checked on the admin port, that of gRPC by the gRPC health service", async () => {
  const planned = await planEdge();
  const shared = {
    vpcId: "vpc-1",
    targetType: "ip",
    protocol: "HTTP",
    deregistrationDelay: 30,
    loadBalancingAlgorithmType: "least_outstanding_requests",
  };
  const health = {
    enabled: true,
    protocol: "HTTP",
    interval: 10,
    timeout: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
  };
  expect(planned.one("aws:lb/targetGroup:TargetGroup", "api-rest").inputs).toEqual({
    ...shared,
    port: 8080,
    protocolVersion: "HTTP1",
    healthCheck: { ...health, path: "/readyz", port: "8081", matcher: "200" },
  });
  expect(planned.one("aws:lb/targetGroup:TargetGroup", "api-grpc").inputs).toEqual({
    ...shared,
    port: 9090,
    protocolVersion: "GRPC",
    healthCheck: { ...health, path: "/grpc.health.v1.Health/Check", port: "traffic-port", matcher: "0" },
  });
});

test("clients reach 443 and 80, and egress and ingress allow the load balancer to reach the three ports of the pods", async () => {
  const planned = await planEdge();
  const own = planned.one(groupType).id;
  expect(
    planned
      .all(ingressType)
      .map(({ inputs: i }) => [
        i.securityGroupId,
        i.cidrIpv4 ?? i.referencedSecurityGroupId,
        i.fromPort,
        i.toPort,
      ]),
  ).toEqual([
    [own, "0.0.0.0/0", 80, 80],
    [own, "0.0.0.0/0", 443, 443],
    ["sg-pods", own, 9090, 9090],
    ["sg-pods", own, 8081, 8081],
    ["sg-pods", own, 8080, 8080],
  ]);
  expect(
    planned
      .all(egressType)
      .map(({ inputs: i }) => [i.securityGroupId, i.referencedSecurityGroupId, i.fromPort, i.toPort]),
  ).toEqual([
    [own, "sg-pods", 9090, 9090],
    [own, "sg-pods", 8081, 8081],
    [own, "sg-pods", 8080, 8080],
  ]);
});

test("behind a distribution only CloudFront's addresses reach the load balancer, on 443, and only with the secret", async () => {
  const planned = await planEdge(behindDistribution);
  const [main, probes] = ["api-load-balancer", "api-probes"].map((name) => planned.one(groupType, name).id);
  const open = planned.all(ingressType).filter(({ inputs }) => inputs.securityGroupId !== "sg-pods");
  expect(open.map(({ inputs: i }) => [i.securityGroupId, i.prefixListId, i.cidrIpv4, i.fromPort])).toEqual([
    [main, "pl-3b927c52", undefined, 443],
    [probes, "pl-0123456789abcdef0", undefined, 443],
  ]);
  expect(planned.one(balancerType).inputs.securityGroups).toEqual([main, probes]);
  expect(planned.all(listenerType).map(({ name }) => name)).toEqual(["api-https"]);
  const secret = { httpHeader: { httpHeaderName: "x-origin-verify", values: ["shared"] } };
  for (const name of ["api-rest", "api-grpc"]) {
    expect(planned.one(ruleType, name).inputs.conditions).toContainEqual(secret);
  }
  expect(planned.outputs.trustedHops).toBe(2);
});

test("the secret of the distribution is a secret in the rules of the plan", async () => {
  const reach = {
    from: "distribution",
    prefixListId: "pl-3b927c52",
    secret: pulumi.secret("shared"),
  } as const;
  const planned = await planEdge({ ...behindDistribution, reach });
  expect(planned.one(ruleType, "api-rest").secretInputs).not.toEqual([]);
});

test("bindings wait for the rules, because pods of an unused target group never get ready", async () => {
  const planned = await planProgram(() => {
    const edge = new Edge("api", edgeArgs);
    new random.RandomId("binding", { byteLength: 1, keepers: { group: edge.restTargetGroupArn } });
  });
  const binding = planned.one("random:index/randomId:RandomId");
  expect(binding.options.dependencies).toContain(planned.one(ruleType, "api-rest").urn);
  expect(binding.inputs.keepers).toEqual({
    group: planned.one("aws:lb/targetGroup:TargetGroup", "api-rest").outputs.arn,
  });
});

test("preview and resolved mode make the same resources", async () => {
  const program = () => void new Edge("api", withChanges(behindDistribution));
  const [preview, resolved] = [await planProgram(program, { mode: "preview" }), await planProgram(program)];
  expect(preview.resources.map(({ urn }) => urn)).toEqual(resolved.resources.map(({ urn }) => urn));
});

test("wrong arguments are refused together, before anything is created", async () => {
  await expect(
    planEdge({ domain: "*.tasks.test", settings: { idleTimeoutSeconds: 5 }, podGraceSeconds: 10 }),
  ).rejects.toThrow(
    /edge "api": 3 problems, nothing was created\.\n {2}- settings\.idleTimeoutSeconds: got 5;/,
  );
});
