import { expect, test } from "vitest";
import { behindDistribution, planEdge } from "./test/edge.fixture.ts";

const recordType = "aws:route53/record:Record";
const checkType = "aws:route53/healthCheck:HealthCheck";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";

test("the certificate has the shared and the regional name", async () => {
  const planned = await planEdge();
  expect(planned.one("aws:acm/certificate:Certificate").inputs).toMatchObject({
    domainName: "api.tasks.test",
    subjectAlternativeNames: ["us-east-1.api.tasks.test"],
  });
});

test("the primary gets the traffic while a probe from outside, through TLS to a pod, succeeds", async () => {
  const planned = await planEdge();
  const balancer = planned.one(balancerType).outputs;
  const check = planned.one(checkType);
  expect(check.inputs).toEqual({
    type: "HTTPS",
    fqdn: "us-east-1.api.tasks.test",
    port: 443,
    resourcePath: "/v1/health",
    enableSni: true,
    requestInterval: 30,
    failureThreshold: 3,
    tags: { Name: "us-east-1.api.tasks.test" },
  });
  const regional = planned.one(recordType, "api-regional-name");
  expect(check.options.dependencies).toContain(regional.urn);
  const aliases = [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }];
  expect(regional.inputs).toEqual({ zoneId: "Z1", name: "us-east-1.api.tasks.test", type: "A", aliases });
  expect(planned.one(recordType, "api-name").inputs).toEqual({
    zoneId: "Z1",
    name: "api.tasks.test",
    type: "A",
    aliases,
    setIdentifier: "us-east-1",
    failoverRoutingPolicies: [{ type: "PRIMARY" }],
    healthCheckId: check.id,
  });
});

test("the secondary shares the name under its own identifier and has no probe", async () => {
  const planned = await planEdge({ region: "eu-west-1", settings: { failover: "secondary" } });
  expect(planned.one(recordType, "api-name").inputs).toMatchObject({
    name: "api.tasks.test",
    setIdentifier: "eu-west-1",
    failoverRoutingPolicies: [{ type: "SECONDARY" }],
  });
  expect(planned.one(recordType, "api-name").inputs.healthCheckId).toBeUndefined();
  expect(planned.all(checkType)).toEqual([]);
  expect(planned.one(recordType, "api-regional-name").inputs.name).toBe("eu-west-1.api.tasks.test");
  expect(planned.all("aws:lb/listenerRule:ListenerRule").map(({ name }) => name)).toEqual([
    "api-grpc",
    "api-rest",
  ]);
});

test("with one region there is one simple record", async () => {
  const planned = await planEdge({ settings: { failover: "none" } });
  const records = planned.all(recordType).filter(({ inputs }) => inputs.type === "A");
  expect(records.map(({ inputs }) => inputs.name)).toEqual(["api.tasks.test"]);
  expect(records[0]?.inputs.failoverRoutingPolicies).toBeUndefined();
  expect(planned.all(checkType)).toEqual([]);
});

test("behind a distribution the origin's name moves between the regions", async () => {
  const planned = await planEdge(behindDistribution);
  expect(planned.one(recordType, "api-name").inputs.name).toBe("origin.api.tasks.test");
  expect(planned.one(checkType).inputs.fqdn).toBe("us-east-1.origin.api.tasks.test");
});
