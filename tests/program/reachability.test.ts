import { beforeAll, expect, test } from "vitest";
import { type Finding, type Plan, problemLine, reachability } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

// It does not prove that AWS and the network plugin judge as the model does. It proves that the rules of the program fit together.

type Resource = Plan["resources"][number];
type Change = (resource: Resource) => Resource | undefined;

/** What must have a path in every environment. */
const needs = [
  "a deploy or an operator",
  "a health check",
  "a kubelet",
  "a metric",
  "a request",
  "a secret",
  "a store",
  "a token",
  "a webhook",
  "between nodes",
  "images of charts",
  "images: layers of ECR",
  "images: layers of registry.k8s.io",
  "images: manifests",
  "logs and exec of pods",
  "logs of an agent",
  "metrics for autoscaling",
  "metrics: discovery",
  "names",
  "names outside of the cluster",
  "schemas",
  "signing keys of tokens",
  "tokens of nodes",
  "tokens of pods",
];

const dangers = [
  "data out",
  "helpers to stores",
  "pods to other pods",
  "pods to stores of others",
  "pods to the API server",
  "pods to the internet without TLS",
  "pods to the metadata of nodes",
  "stores to nodes",
  "the internet past the entrance",
  "the internet to nodes and pods",
  "the internet to stores",
  "the internet to the API server",
  "the load balancer to the API server",
  "the load balancer to kubelets",
];

const wrongOf = (findings: readonly Finding[]): readonly Finding[] => findings.filter(({ holds }) => !holds);

test.each(environments)("in %s every path that must exist does, and no path that must not", async (name) => {
  const findings = reachability(await planOf(name));
  expect(wrongOf(findings).map(problemLine)).toEqual([]);
  // Dev has a public API server: its operators need no connection.
  const operator = findings.some(({ what }) => what === "an operator") ? ["a deploy or an operator"] : [];
  const whats = new Set(findings.map(({ what }) => what));
  expect([...needs, ...dangers].filter((what) => !whats.has(what))).toEqual(operator);
  for (const { answer } of findings) expect(answer.rule).not.toBe("");
});

let prod: Plan;

beforeAll(async () => {
  prod = await planOf("prod");
});

/** The plan of prod with every resource changed or removed. */
function broken(change: Change): Plan {
  const each = (resources: readonly Resource[]) => resources.flatMap((one) => change(one) ?? []);
  return { ...prod, resources: each(prod.resources), madeByAws: each(prod.madeByAws) };
}

/** Changes the inputs of a resource by its name and the end of its type. */
function having(type: string, name: string | RegExp, inputs: (old: Resource["inputs"]) => object): Change {
  return (resource) =>
    isOne(resource, type, name)
      ? { ...resource, inputs: { ...resource.inputs, ...inputs(resource.inputs) } }
      : resource;
}

function without(type: string, name: string | RegExp): Change {
  return (resource) => (isOne(resource, type, name) ? undefined : resource);
}

function isOne(resource: Resource, type: string, name: string | RegExp): boolean {
  const named = typeof name === "string" ? resource.name === name : name.test(resource.name);
  return resource.type.endsWith(`:${type}`) && named;
}

const idOf = (type: string, name: string): string =>
  [...prod.resources, ...prod.madeByAws].find((one) => isOne(one, type, name))?.id ?? "";

const dataSubnets = (): string[] =>
  prod.resources.filter((one) => isOne(one, "Subnet", /^network-data-/)).map(({ id }) => id);

/** The spec of a policy with one more rule for outgoing connections. */
const alsoTo = (cidr: string, port: number) => (old: Resource["inputs"]) => {
  const spec = old.spec as { readonly egress: readonly object[] };
  const rule = { to: [{ ipBlock: { cidr } }], ports: [{ protocol: "TCP", port }] };
  return { spec: { ...spec, egress: [...spec.egress, rule] } };
};

const collector = (changes: () => object) =>
  having("Scraper", "metrics", ({ source }) => ({
    source: { eks: { ...(source as { readonly eks: object }).eks, ...changes() } },
  }));

test.each<[string, () => Change, string, RegExp]>([
  [
    "the collector stands in the data subnets",
    () => collector(() => ({ subnetIds: dataSubnets() })),
    "a metric",
    /policies task-api, tasks-default-deny: no ingress from metrics collector/,
  ],
  [
    "the collector has the group of the nodes, which has no rule",
    () => collector(() => ({ securityGroupIds: [idOf("SecurityGroup", "cluster-nodes")] })),
    "metrics: discovery",
    /security groups cluster-nodes: no rule out/,
  ],
  [
    "the endpoint of S3 serves our own account only",
    () =>
      having("VpcEndpoint", "network-s3", ({ policy }) => ({
        policy: String(policy).replaceAll(/prod-registry-k8s-io-us-east-1/g, "another-bucket"),
      })),
    "images: layers of registry.k8s.io",
    /endpoint network-s3: no statement for s3:GetObject/,
  ],
  [
    "one zone has no gateway",
    () => without("Route", "network-private-use1-az2-nat"),
    "images of charts",
    /route table network-private-use1-az2: no route/,
  ],
  [
    "the public subnets have no way to the internet",
    () => without("Route", "network-public-internet"),
    "images of charts",
    /its subnet has no route to the internet/,
  ],
  [
    "nodes have only the group of the program",
    () =>
      having("LaunchTemplate", /./, () => ({
        vpcSecurityGroupIds: [idOf("SecurityGroup", "cluster-nodes")],
      })),
    "a kubelet",
    /security groups cluster-nodes: no rule out/,
  ],
  [
    "EKS makes no rule for outgoing connections",
    () => without("SecurityGroupEgressRule", "cluster-eksCluster-group-of-eks-out"),
    "a store",
    /no rule out to database/,
  ],
  [
    "the endpoints admit nobody",
    () => without("SecurityGroupIngressRule", "network-endpoints-https"),
    "tokens of pods",
    /security groups network-endpoints: no rule in/,
  ],
  [
    "the load balancer cannot check the pods",
    () => without("SecurityGroupEgressRule", "api-egress-health"),
    "a health check",
    /no rule out to task-api on 8081/,
  ],
  [
    "the access list of the data subnets admits no answer",
    () => having("NetworkAcl", "network-data", () => ({ egress: [] })),
    "a store",
    /access list network-data: no egress/,
  ],
  [
    "the entrance is blocked with everything else",
    () => without("VpcBlockPublicAccessExclusion", "network-public-use1-az1"),
    "a request",
    /not excluded from the block of public access/,
  ],
  [
    "names are not answered",
    () => having("Vpc", "network", () => ({ enableDnsSupport: false })),
    "names outside of the cluster",
    /DNS is off/,
  ],
  [
    "a worker may reach the whole network on the port of a schema registry",
    () => having("NetworkPolicy", "task-relay", alsoTo("10.30.0.0/16", 443)),
    "pods to the API server",
    /policy task-relay/,
  ],
  [
    "a worker may reach the port of the cache",
    () => having("NetworkPolicy", "task-processor", alsoTo("10.30.0.0/16", 6379)),
    "pods to stores of others",
    /queue-ingress-nodes/,
  ],
  [
    "the database admits the whole network",
    () =>
      having("SecurityGroupIngressRule", "database-ingress-nodes", () => ({
        referencedSecurityGroupId: undefined,
        cidrIpv4: "10.30.0.0/16",
      })),
    "helpers to stores",
    /database-ingress-nodes/,
  ],
  [
    "the data subnets have a way out",
    () =>
      having("Route", "network-private-use1-az1-nat", () => ({
        routeTableId: idOf("RouteTable", "network-data"),
      })),
    "data out",
    /route network-private-use1-az1-nat/,
  ],
  [
    "the load balancer admits everybody past CloudFront",
    () =>
      having("SecurityGroupIngressRule", "api-ingress-cloudfront", () => ({
        prefixListId: undefined,
        cidrIpv4: "0.0.0.0/0",
      })),
    "the internet past the entrance",
    /api-ingress-cloudfront/,
  ],
  [
    "no policy limits what leaves the pods",
    () => without("NetworkPolicy", /./),
    "pods to the internet without TLS",
    /no policy for egress in tasks/,
  ],
])("where %s, the verdict and its rule change", (_, change, what, rule) => {
  const wrong = wrongOf(reachability(broken(change()))).filter((finding) => finding.what === what);
  expect(wrong.map(({ answer }) => answer.rule).join("\n")).toMatch(rule);
});

test("an allowed connection names every rule on its way", () => {
  const store = reachability(prod).find(({ what, flow }) => what === "a store" && flow.to.name === "queue");
  expect(store?.answer).toEqual({
    verdict: "allowed",
    rule: "policy task-api · group rule cluster-eksCluster-group-of-eks-out · access list network-default-access-list · access list network-data · group rule queue-ingress-nodes",
  });
});

test("what the plan cannot decide is unknown, with the reason, and is accepted only where it is expected", () => {
  const caller = (plan: Plan) =>
    reachability(plan).find(({ what }) => what === "a deploy or an operator")?.answer;
  expect(caller(prod)).toEqual({
    verdict: "unknown",
    rule: "the connection of caller sg-00000000000000000 is not in the plan",
  });
  const rule = /^cluster-control-plane-caller-/;
  expect(caller(broken(without("SecurityGroupIngressRule", rule)))?.verdict).toBe("denied");
  const inNetwork = broken(
    having("SecurityGroupIngressRule", rule, () => ({
      referencedSecurityGroupId: undefined,
      cidrIpv4: "10.30.0.0/24",
    })),
  );
  const config = { ...prod.config, "task-platform:apiServerCallers": '["10.30.0.0/24"]' };
  expect(caller({ ...inNetwork, config })?.verdict).toBe("allowed");
  const odd = having("VpcEndpoint", "network-sts", ({ policy }) => ({
    policy: String(policy).replace("StringEquals", "StringLike"),
  }));
  expect(wrongOf(reachability(broken(odd))).map(({ what, answer }) => [what, answer])).toContainEqual([
    "tokens of nodes",
    { verdict: "unknown", rule: "endpoint network-sts: condition of OwnAccountOnly is not read" },
  ]);
});

test("a plan without ids, and a reference that leads nowhere, are refused instead of judged", () => {
  expect(() => reachability({ ...prod, mode: "preview" })).toThrow("needs a resolved plan");
  const gone = broken(without("Subnet", "network-data-use1-az1"));
  expect(() => reachability(gone)).toThrow(/subnet subnet-\w+ is not in the plan/);
});
