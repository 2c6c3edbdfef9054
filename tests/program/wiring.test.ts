import { expect, test } from "vitest";
import { specs } from "../../stacks/index.ts";
import type { Plan } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

/** ARN of the key or topic with a logical name. */
const arnOf = (plan: Plan, type: string, name: string): unknown => plan.one(type, name).outputs.arn;

/** Ids of the subnets of a tier, sorted. */
const subnetIds = (plan: Plan, tier: string): readonly string[] =>
  plan
    .all("aws:ec2/subnet:Subnet")
    .filter(({ name }) => name.startsWith(`network-${tier}-`))
    .map(({ id }) => id)
    .toSorted();

test.each(environments)(
  "in %s the load balancer forwards only the paths of the API, and its health check is the readiness probe",
  async (name) => {
    const plan = await planOf(name);
    const conditions = plan.one("aws:lb/listenerRule:ListenerRule", "api-rest").inputs.conditions;
    const docs = specs[name].apiDocs === "on" ? ["/docs*", "/openapi.json"] : [];
    expect(conditions).toContainEqual({ pathPattern: { values: ["/v1/*", ...docs] } });
    const { healthCheck, port } = plan.one("aws:lb/targetGroup:TargetGroup", "api-rest").inputs;
    expect(port).toBe(8080);
    expect(healthCheck).toMatchObject({ enabled: true, path: "/readyz", port: "8081" });
  },
);

test.each(environments)(
  "in %s the load balancer has the firewall, which counts requests by the address of the client",
  async (name) => {
    const plan = await planOf(name);
    expect(
      plan.all("aws:wafv2/webAclAssociation:WebAclAssociation").map(({ inputs }) => inputs.resourceArn),
    ).toEqual([plan.one("aws:lb/loadBalancer:LoadBalancer").outputs.arn]);
    const rate = plan.one("aws:wafv2/webAclRule:WebAclRule", "api-rate-per-client").inputs.statement;
    // Behind CloudFront every connection comes from CloudFront; its own firewall sees the clients.
    const by = specs[name].distribution === "none" ? "IP" : "FORWARDED_IP";
    expect(rate).toMatchObject({ rateBasedStatement: { limit: 100, aggregateKeyType: by } });
  },
);

test("only stores are encrypted with the data key, and their logs with the log key", async () => {
  const plan = await planOf("prod");
  const key = (name: string) => arnOf(plan, "aws:kms/key:Key", `keys-${name}`);
  const database = plan.one("aws:rds/instance:Instance").inputs;
  const cache = plan.one("aws:elasticache/replicationGroup:ReplicationGroup").inputs;
  const { encryptionInfo } = plan.one("aws:msk/cluster:Cluster").inputs;
  expect([database.kmsKeyId, cache.kmsKeyId]).toEqual([key("data"), key("data")]);
  expect(encryptionInfo).toMatchObject({ encryptionAtRestKmsKeyArn: key("data") });
  expect(database.masterUserSecretKmsKeyId).toBe(key("secrets"));
  const logs = plan.all("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs.kmsKeyId);
  expect([...new Set(logs)]).toEqual([key("logs")]);
});

test("alarms of stores page, except for late statistics, and the cache never evicts a job", async () => {
  const plan = await planOf("prod");
  const spec = arnOf(plan, "aws:sns/topic:Topic", "alerts-page");
  const alarms = plan
    .all("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(({ parent }) => /:(postgres|cache|kafka):/.test(parent));
  expect(alarms.length).toBeGreaterThan(30);
  const tickets = alarms.filter(({ inputs }) => String(inputs.alarmActions) !== spec);
  expect(tickets.map(({ name }) => name)).toEqual([
    "events-alarm-lag-events-task-analytics-task-events",
    "events-alarm-lag-time-task-analytics-task-events",
  ]);
  const ticket = arnOf(plan, "aws:sns/topic:Topic", "alerts-ticket");
  expect(tickets.map(({ inputs }) => String(inputs.alarmActions))).toEqual([ticket, ticket]);
  const [queue] = plan.all("aws:elasticache/parameterGroup:ParameterGroup");
  expect(queue?.inputs.parameters).toContainEqual({ name: "maxmemory-policy", value: "noeviction" });
});

test.each(environments)(
  "in %s nodes are in the private subnets and stores in the data subnets",
  async (name) => {
    const plan = await planOf(name);
    const pools = Map.groupBy(
      plan.all("aws:eks/nodeGroup:NodeGroup"),
      ({ inputs }) => (inputs.labels as Record<string, string>)["task-platform/pool"],
    );
    const nodes = [...pools.values()].map((groups) =>
      groups.flatMap(({ inputs }) => inputs.subnetIds as string[]).toSorted(),
    );
    expect(nodes).toHaveLength(3);
    expect(nodes).toEqual(nodes.map(() => subnetIds(plan, "private")));
    const stores = [
      plan.one("aws:rds/subnetGroup:SubnetGroup").inputs.subnetIds,
      plan.one("aws:elasticache/subnetGroup:SubnetGroup").inputs.subnetIds,
    ] as string[][];
    expect(stores.map((ids) => ids.toSorted())).toEqual(stores.map(() => subnetIds(plan, "data")));
  },
);

test.each(environments)("every key of %s rotates within a year, in both regions", async (name) => {
  const keys = (await planOf(name)).all("aws:kms/key:Key");
  const still = keys.filter(
    ({ inputs }) => inputs.enableKeyRotation !== true || Number(inputs.rotationPeriodInDays) > 365,
  );
  expect(keys.length).toBeGreaterThan(2);
  expect(still.map((key) => key.name)).toEqual([]);
});

test("in prod only CloudFront reaches the load balancer, with a secret, and has its own firewall", async () => {
  const plan = await planOf("prod");
  const ingress = plan
    .all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    .filter(({ name }) => name.startsWith("api-"))
    .flatMap(({ inputs }) => (inputs.cidrIpv4 === undefined ? [] : [inputs.cidrIpv4]));
  expect(ingress).not.toContain("0.0.0.0/0");
  const distribution = plan.one("aws:cloudfront/distribution:Distribution");
  expect(distribution.inputs.aliases).toEqual(["api.example.com"]);
  expect(distribution.inputs.origins).toMatchObject([
    { domainName: "origin.api.example.com", customHeaders: [{ name: "x-origin-verify" }] },
  ]);
  expect(distribution.secretInputs).toContain("origins[0].customHeaders[0].value");
  const acl = plan.all("aws:wafv2/webAcl:WebAcl").find(({ inputs }) => inputs.scope === "CLOUDFRONT");
  expect(distribution.inputs.webAclId).toBe(acl?.outputs.arn);
});

test("the standby answers to the origin name of prod, and creates no CloudFront distribution", async () => {
  const [prod, dr] = [await planOf("prod"), await planOf("dr")];
  const names = (plan: Plan) =>
    plan
      .all("aws:route53/record:Record")
      .filter(({ inputs }) => inputs.failoverRoutingPolicies !== undefined)
      .map(({ inputs }) => `${String(inputs.name)} ${String(inputs.type)}`)
      .toSorted();
  expect(names(dr)).toEqual(names(prod));
  expect(names(dr)).toContain("origin.api.example.com A");
  expect(dr.all("aws:cloudfront/distribution:Distribution")).toEqual([]);
});

test("the database of the standby is restored from the backup that an operator names, with the key of the backup", async () => {
  const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
  const from = `arn:aws:rds:eu-west-1:111111111111:auto-backup:ab-${"a1".repeat(20)}`;
  const [waiting, leading] = [
    await planOf("dr"),
    await planOf("dr", {
      config: { "task-platform:databaseRestoreFrom": from, "task-platform:databaseRestoreKeyArn": keyArn },
    }),
  ];
  const database = (plan: Plan) => plan.one("aws:rds/instance:Instance").inputs;
  expect(database(leading)).toMatchObject({
    kmsKeyId: keyArn,
    restoreToPointInTime: { sourceDbInstanceAutomatedBackupsArn: from, useLatestRestorableTime: true },
  });
  expect(database(waiting)).not.toHaveProperty("restoreToPointInTime");
  expect(leading.resources.map(({ urn }) => urn)).toEqual(waiting.resources.map(({ urn }) => urn));
});

test("a restore setting never replaces a live database", async () => {
  for (const name of environments) {
    const { options } = (await planOf(name)).one("aws:rds/instance:Instance");
    expect(options.ignoreChanges).toContain("restoreToPointInTime");
    expect(options.ignoreChanges).toContain("kmsKeyId");
  }
});
