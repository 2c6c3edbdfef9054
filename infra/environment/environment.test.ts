import { expect, test } from "vitest";
import { formatProblems } from "../../components/base/core/index.ts";
import { type EnvironmentName, type EnvironmentSpec, specs } from "../../stacks/index.ts";
import { checkEnvironment } from "../program.ts";
import { rawConfig } from "./test/raw-config.ts";

const withSpec = (name: EnvironmentName, change: Partial<EnvironmentSpec>) => ({
  ...specs,
  [name]: { ...specs[name], ...change },
});

test("a known stack with a complete file gives an environment with its spec and values", () => {
  const { environment, problems } = checkEnvironment("dev", rawConfig);
  expect(problems).toEqual([]);
  expect(environment?.spec).toBe(specs.dev);
  expect(environment?.config.domain).toBe("dev.tasks.acme.io");
});

test.each([
  ["prd", 'did you mean "prod"?'],
  ["production", "to add an environment, begin with its spec in stacks/"],
  ["toString", "to add an environment, begin with its spec in stacks/"],
])("the unknown stack %s is refused with the known ones", (stack, fix) => {
  expect(checkEnvironment(stack, rawConfig).problems).toEqual([
    { argument: "stack name", given: `"${stack}"`, allowed: "dev, staging, prod, dr", fix },
  ]);
});

test("a stack without a name is refused", () => {
  expect(checkEnvironment("", rawConfig).problems).toMatchObject([{ given: "none" }]);
});

test.each([
  ["another registry", "docker.io/library/task-api"],
  ["another account", "333333333333.dkr.ecr.us-east-1.amazonaws.com/task-api"],
  ["another region", "222222222222.dkr.ecr.eu-west-1.amazonaws.com/task-api"],
  ["the other service", "222222222222.dkr.ecr.us-east-1.amazonaws.com/task-worker"],
])(
  "an image of %s is refused: the admission policy would let all of its registry in",
  (_what, repository) => {
    const taskApiImage = `${repository}@sha256:${"a1".repeat(32)}`;
    expect(checkEnvironment("dev", { ...rawConfig, taskApiImage }).problems).toMatchObject([
      {
        argument: "task-platform:taskApiImage (Pulumi.dev.yaml)",
        given: taskApiImage,
        allowed: "222222222222.dkr.ecr.us-east-1.amazonaws.com/task-api@sha256:…",
      },
    ]);
  },
);

test("the pipeline of another environment as the deploy role is refused, a pipeline of another kind is not", () => {
  const roleOf = (name: string) =>
    `arn:aws:iam::222222222222:role/task-platform-github/task-${name}-github-deploy`;
  const problemsOf = (deployRoleArn: string) =>
    checkEnvironment("dev", { ...rawConfig, deployRoleArn }).problems;
  expect(problemsOf(roleOf("dev"))).toEqual([]);
  expect(problemsOf("arn:aws:iam::222222222222:role/gitlab-deploy")).toEqual([]);
  expect(problemsOf(roleOf("prod"))).toMatchObject([
    {
      argument: "task-platform:deployRoleArn (Pulumi.dev.yaml)",
      given: roleOf("prod"),
      allowed: expect.stringContaining(roleOf("dev")),
    },
  ]);
});

test.each([
  ["schemaRegistryUrl", "https://localhost"],
  ["authIssuer", "http://127.0.0.1:9000"],
  ["authJwksUrl", "http://[::1]:9000/keys"],
])("%s on this machine is refused by a deploy and taken by npm start", (key, url) => {
  const raw = { ...rawConfig, [key]: url };
  expect(checkEnvironment("dev", raw).problems).toMatchObject([
    { argument: `task-platform:${key} (Pulumi.dev.yaml)`, given: `"${url}", an address of this machine` },
  ]);
  expect(checkEnvironment("dev", { ...raw, allowExampleValues: "true" }).problems).toEqual([]);
});

test("callers of the API server come from outside of the network, and are no more than its group has room for", () => {
  const problemsOf = (callers: readonly string[]) =>
    checkEnvironment("dev", { ...rawConfig, apiServerCallers: JSON.stringify(callers) }).problems;
  const { network, cluster } = specs.dev;
  const inside = network.cidr.replace("0.0/16", "4.0/24");
  expect(problemsOf([inside, cluster.serviceCidr, "10.90.4.0/24"]).map(({ given }) => given)).toEqual([
    inside,
    cluster.serviceCidr,
  ]);
  const many = Array.from({ length: 41 }, (_, at) => `10.90.${at}.0/24`);
  expect(problemsOf(many.slice(1))).toEqual([]);
  expect(problemsOf(many)).toMatchObject([{ given: "41 callers" }]);
});

test("a public API server without operator ranges is refused, and ranges without a public API server", () => {
  expect(checkEnvironment("dev", { ...rawConfig, operatorCidrs: "[]" }).problems).toMatchObject([
    { argument: "task-platform:operatorCidrs (Pulumi.dev.yaml)", given: "no range" },
  ]);
  expect(checkEnvironment("prod", rawConfig).problems).toMatchObject([
    { argument: "task-platform:operatorCidrs (Pulumi.prod.yaml)", given: "198.18.7.0/24" },
  ]);
});

test("an API server without a public endpoint needs callers, and with one it may have them", () => {
  const { apiServerCallers: _, ...nobody } = rawConfig;
  expect(checkEnvironment("dev", nobody).problems).toEqual([]);
  expect(checkEnvironment("prod", { ...nobody, operatorCidrs: "[]" }).problems).toMatchObject([
    { argument: "task-platform:apiServerCallers (Pulumi.prod.yaml)", given: "nothing" },
  ]);
  expect(checkEnvironment("prod", { ...rawConfig, operatorCidrs: "[]" }).problems).toEqual([]);
});

test("ranges of a schema registry must not contain an address of the API server", () => {
  const problems = (cidrs: string) =>
    checkEnvironment("dev", { ...rawConfig, schemaRegistryCidrs: cidrs }).problems.map(({ given }) => given);
  const { cidr } = specs.dev.network;
  expect(problems(`["${cidr}", "${specs.dev.cluster.serviceCidr}", "10.90.8.0/28"]`)).toEqual([
    cidr,
    specs.dev.cluster.serviceCidr,
  ]);
});

test.each([
  ["accountId", "111111111111", "example account"],
  ["accountId", "123456789012", "example account"],
  ["accountId", "000000000000", "example account"],
  ["domain", "dev.example.com", "example domain"],
  ["hostedZoneId", "Z00000000EXAMPLE", "example hosted zone"],
  ["githubRepository", "example/task-platform", "example repository"],
  ["operatorCidrs", '["203.0.113.0/24"]', "example address range"],
  ["apiServerCallers", '["sg-00000000000000000"]', "example security group"],
  ["alertEmails", '["someone@example.com"]', "example domain"],
  ["taskApiImage", `registry.acme.io/task-api@sha256:${"0".repeat(64)}`, "digest of no image"],
  ["taskWorkerImage", `registry.example.com/task-worker@sha256:${"b2".repeat(32)}`, "example domain"],
  ["schemaRegistryUrl", "https://registry.dev.example.com", "example domain"],
  ["authIssuer", "https://login.example.org", "example domain"],
  ["authJwksUrl", "https://login.example.com/.well-known/jwks.json", "example domain"],
])("an example left in %s is refused by a deploy and taken by a plan", (key, text, what) => {
  const raw = { ...rawConfig, [key]: text };
  // The ARNs of roles contain an account too, so the account of the stack is reported with them.
  const own = checkEnvironment("dev", raw).problems.filter((p) => p.given.startsWith("the example value"));
  expect(own).toHaveLength(1);
  expect(own[0]?.argument).toBe(`task-platform:${key} (Pulumi.dev.yaml)`);
  expect(own[0]?.given).toContain(what);
  const planned = checkEnvironment("dev", { ...raw, allowExampleValues: "true" }).problems;
  expect(planned.filter((p) => p.given.startsWith("the example value"))).toEqual([]);
});

test("a schema registry without TLS is refused exactly where it has a password", () => {
  const inside = { ...rawConfig, schemaRegistryUrl: "http://registry.tools.svc.cluster.local:8080/apis" };
  expect(checkEnvironment("dev", inside).problems).toEqual([]);
  expect(checkEnvironment("staging", { ...inside, operatorCidrs: "[]" }).problems).toMatchObject([
    {
      argument: "task-platform:schemaRegistryUrl (Pulumi.staging.yaml)",
      allowed: 'an https URL, since secrets is not "none" in stacks/staging.ts',
    },
  ]);
});

test("domains that only look like examples are accepted", () => {
  for (const domain of ["dev.example.community", "myexample.com", "example.com.acme.io"]) {
    expect(checkEnvironment("dev", { ...rawConfig, domain }).problems).toEqual([]);
  }
});

test("only the exact value allows examples, so nothing allows them by accident", () => {
  const raw = { ...rawConfig, domain: "dev.example.com" };
  for (const allowExampleValues of ["false", "yes", "1", ""]) {
    expect(checkEnvironment("dev", { ...raw, allowExampleValues }).problems).toHaveLength(1);
  }
});

test("one message has the problems of the file, of its examples and of the spec, each with its place", () => {
  const { domain: _, ...rest } = rawConfig;
  const raw = { ...rest, alertEmials: "x", authIssuer: "https://login.example.com", accountId: "7" };
  const spec = withSpec("dev", { kafka: { ...specs.dev.kafka, brokers: 4 } });
  const { problems } = checkEnvironment("dev", raw, spec);
  const text = formatProblems('environment "dev"', problems);
  expect(text).toMatch(/^environment "dev": 5 problems, nothing was created\./);
  for (const part of [
    "task-platform:domain (Pulumi.dev.yaml): got nothing",
    'task-platform:accountId (Pulumi.dev.yaml): got "7"',
    "did you mean task-platform:alertEmails?",
    'the example value "https://login.example.com"',
    "kafka.brokers (stacks/dev.ts): got 4",
  ]) {
    expect(text).toContain(part);
  }
});
