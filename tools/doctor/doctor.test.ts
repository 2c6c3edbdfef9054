import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { specs } from "../../stacks/index.ts";
import { examine, quotasOf, reportText } from "./index.ts";
import { isAtLeast } from "./machine.ts";
import { vcpusOf } from "./quotas.ts";
import type { Answer, Ask } from "./types.ts";

const account = "222222222222";
const digest = "0123456789abcdef".repeat(4);
const breakGlassRoleArn = `arn:aws:iam::${account}:role/task-platform-break-glass`;
const deployRoleArn = `arn:aws:iam::${account}:role/task-platform-github/task-prod-github-deploy`;

const place = {
  name: "prod",
  spec: specs.prod,
  accountId: account,
  domain: "tasks.acme.com",
  hostedZoneId: "Z0123456789ABCDEFGHIJ",
  breakGlassRoleArn,
  deployRoleArn,
  madeDeployRoleArn: deployRoleArn,
  images: [`${account}.dkr.ecr.us-east-1.amazonaws.com/task-api@sha256:${digest}`],
  clusterName: "task-prod",
  secretsProvider: "awskms://alias/task-platform-prod?region=us-east-1",
  hasEncryptedKey: true,
};

const versions = { node: "24.21.0", oldestNode: "24.6", sdk: "3.270" };
const servers = ["ns-1.awsdns-01.com", "ns-2.awsdns-02.org"];

/** What `aws` prints in an account in which everything is ready, by the beginning of the command. */
const ready: Readonly<Record<string, string>> = {
  "--version": "aws-cli/2.31.0 Python/3.13",
  "sts get-caller-identity": account,
  "iam get-role --role-name task-platform-break-glass": breakGlassRoleArn,
  "iam list-roles": "AWSServiceRoleForX",
  "service-quotas get-service-quota": "100",
  "ec2 describe-addresses": "2",
  "ec2 describe-vpcs": "3",
  "ec2 describe-instances":
    '[[null, 1, 2, null], [null, 2, 1, "task-dev"], ["spot", 1, 2, null], [null, 4, 2, "task-prod"]]',
  "kafka list-clusters-v2": "[3, null, 3]",
  "route53 get-hosted-zone": JSON.stringify({
    HostedZone: { Name: "acme.com." },
    DelegationSet: { NameServers: servers },
  }),
  "ce list-cost-allocation-tags": "Environment",
  "sns list-subscriptions": "",
};

const failed: Answer = { status: 254, stdout: "", stderr: "NoSuchEntity" };

/** A machine with every program. `changes` replaces answers of `aws`; undefined fails the command. */
function askWith(changes: Readonly<Record<string, string | Answer | undefined>> = {}): Ask {
  const answers = { ...ready, ...changes };
  return (program, args) => {
    const line = args.join(" ");
    if (program !== "aws") {
      const versionsOf: Record<string, string> = {
        pulumi: "v3.274.1",
        java: 'openjdk version "21.0.4"',
        mvn: "Apache Maven 3.9.1",
        go: "go version go1.26.6 linux/amd64",
      };
      return { status: 0, stdout: "", stderr: versionsOf[program] ?? "" };
    }
    const keys = Object.keys(answers).filter((key) => line.startsWith(key));
    const [key] = keys.toSorted((a, b) => b.length - a.length);
    if (key === undefined) return { status: 0, stdout: "", stderr: "" };
    const answer = answers[key];
    if (answer === undefined) return failed;
    return typeof answer === "string" ? { status: 0, stdout: `${answer}\n`, stderr: "" } : answer;
  };
}

async function findingsWith(
  changes: Parameters<typeof askWith>[0] = {},
  more: { readonly place?: Partial<typeof place>; readonly servers?: readonly string[] } = {},
) {
  return examine({
    ask: askWith(changes),
    versions,
    resolve: () => Promise.resolve(more.servers ?? servers),
    place: { ...place, ...more.place },
  });
}

test("Where everything is ready, every line is OK", async () => {
  const findings = await findingsWith();
  expect(findings.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(findings.length).toBeGreaterThan(25);
  expect(reportText(findings)).toMatch(/\nOK {7}zone Z0123456789ABCDEFGHIJ: acme\.com is delegated to it\n/);
});

test.each([
  [
    "another account",
    { "sts get-caller-identity": "333333333333" },
    /credentials: got account 333333333333; allowed: 222/,
  ],
  [
    "no operator role",
    { "iam get-role --role-name task-platform-operator": undefined },
    /role task-platform-operator: is missing/,
  ],
  [
    "no break-glass role",
    { "iam get-role --role-name task-platform-break-glass": undefined },
    /break-glass role .* is missing; EKS refuses/,
  ],
  [
    "no linked role",
    { "iam list-roles --path-prefix /aws-service-role/autoscaling": "" },
    /role of autoscaling\.amazonaws\.com: is missing/,
  ],
  ["no image", { "ecr describe-images": undefined }, /image .*task-api: has no sha256:0123/],
  [
    "no key",
    { "kms describe-key": undefined },
    /key of the stack file: alias\/task-platform-prod is missing/,
  ],
  [
    "too few addresses",
    {
      "service-quotas get-service-quota --service-code ec2 --quota-code L-0263D0A3": "4",
      "eks describe-cluster": undefined,
    },
    /elastic IP addresses in us-east-1: 2 in use, 3 more needed, limit 4/,
  ],
  [
    "too few vCPUs",
    { "service-quotas get-service-quota --service-code ec2 --quota-code L-1216C47A": "5" },
    /vCPUs of on-demand nodes in us-east-1: 4 in use by others, 74 more needed, limit 5/,
  ],
  [
    "too few brokers",
    { "service-quotas get-service-quota --service-code kafka": "8", "eks describe-cluster": undefined },
    /Kafka brokers in us-east-1: 6 in use, 3 more needed, limit 8/,
  ],
  [
    "the pipeline of another environment",
    {},
    /deploy role task-dev-github-deploy: is the pipeline of another environment/,
    { place: { deployRoleArn: deployRoleArn.replace("task-prod", "task-dev") } },
  ],
  [
    "a part of the name servers",
    {},
    /zone .*: the internet asks ns-1\.awsdns-01\.com, ns-9\.elsewhere\.net for acme\.com/,
    { servers: ["ns-1.awsdns-01.com", "ns-9.elsewhere.net"] },
  ],
  ["a zone elsewhere", { "route53 get-hosted-zone": undefined }, /zone .* is not in this account/],
  [
    "an inactive tag",
    { "ce list-cost-allocation-tags": "" },
    /cost allocation tag Environment: is not active/,
  ],
  ["a silent address", { "sns list-subscriptions": "on-call@acme.com" }, /not confirmed: on-call@acme\.com/],
] as const)(
  "With %s the report has exactly that problem, and says what to do",
  async (_, changes, expected, more: Parameters<typeof findingsWith>[1] = {}) => {
    const problems = (await findingsWith(changes, more)).filter(({ status }) => status === "problem");
    expect(problems.map(({ what, says }) => `${what}: ${says}`)).toEqual([expect.stringMatching(expected)]);
    expect(problems[0]?.toDo).toMatch(/\S/);
  },
);

test("With credentials of another account nothing else is asked: its answers would be wrong", async () => {
  const asked: string[] = [];
  const ask = askWith({ "sts get-caller-identity": "333333333333" });
  await examine({
    ask: (program, args) => {
      if (program === "aws") asked.push(args.slice(0, 2).join(" "));
      return ask(program, args);
    },
    versions,
    resolve: () => Promise.resolve(servers),
    place,
  });
  expect(asked).toEqual(["--version", "sts get-caller-identity"]);
});

test("A question that AWS refuses is unknown, and no problem", async () => {
  const denied = { status: 254, stdout: "", stderr: "An error occurred (AccessDenied) when calling" };
  const findings = await findingsWith({
    iam: denied,
    "iam list-roles": denied,
    "route53 get-hosted-zone": denied,
  });
  expect(findings.filter(({ status }) => status === "problem")).toEqual([]);
  expect(findings.filter(({ status }) => status === "unknown").length).toBeGreaterThan(5);
});

test("A zone that the registrar does not know, and one that does not hold the domain, are problems", async () => {
  const problemOf = async (more: Parameters<typeof findingsWith>[1]) =>
    (await findingsWith({}, more)).flatMap(({ status, says }) => (status === "problem" ? [says] : []));
  expect(await problemOf({ servers: ["ns.parking.com."] })).toEqual([
    "the internet asks ns.parking.com for acme.com",
  ]);
  expect(await problemOf({ place: { domain: "tasks.other.com" } })).toEqual([
    "holds acme.com, and not tasks.other.com",
  ]);
  // Name servers come in any order, with or without the last dot.
  expect(await problemOf({ servers: servers.toReversed().map((one) => `${one.toUpperCase()}.`) })).toEqual(
    [],
  );
});

test("Before the first deploy the deploy role may be missing, but only the one that the program makes", async () => {
  const missing = { "iam get-role --role-name task-prod": undefined, "eks describe-cluster": undefined };
  expect((await findingsWith(missing)).filter(({ status }) => status === "problem")).toEqual([]);
  const other = { deployRoleArn: `arn:aws:iam::${account}:role/task-prod-other` };
  const problems = (await findingsWith(missing, { place: other })).filter(
    ({ status }) => status === "problem",
  );
  expect(problems.map(({ toDo }) => toDo)).toEqual([`set deployRoleArn to ${deployRoleArn}`]);
});

test("The five addresses of a region are used up by dev, staging and prod together", () => {
  const needs = (name: "dev" | "staging" | "prod") =>
    quotasOf(specs[name]).find(({ code }) => code === "L-0263D0A3")?.needs;
  expect([needs("dev"), needs("staging"), needs("prod")]).toEqual([1, 1, 3]);
});

test.each([
  ["m7g.large", 2],
  ["m7g.medium", 1],
  ["t4g.medium", 2],
  ["c8g.xlarge", 4],
  ["r7g.12xlarge", 48],
  ["m7g.metal", undefined],
])("%s has %s vCPUs", (type, vcpus) => {
  expect(vcpusOf(type)).toBe(vcpus);
});

test.each([
  ["24.21.0", "24.6", true],
  ["24.5.9", "24.6", false],
  ["3.9", "3.270", false],
  ["25", "24.6", true],
])("Version %s against %s: %s", (version, oldest, enough) => {
  expect(isAtLeast(version, oldest)).toBe(enough);
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doctor-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const options = { encoding: "utf8", env: { PATH: folder, HOME: folder } } as const;
  return spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], options);
}

test("With nothing on PATH the machine is unknown, says how to get the AWS CLI, and is no problem", () => {
  const result = run();
  expect(result.stdout).toMatch(/unknown +AWS CLI: not on PATH[^\n]*\n +to do: install version 2/);
  expect([result.status, result.stderr]).toEqual([0, ""]);
});

test("Example values in a stack file are problems and end with exit code 1", () => {
  writeFileSync(
    join(folder, "aws"),
    '#!/bin/sh\ncase "$1" in --version) echo aws-cli/2.31.0;; *) exit 255;; esac\n',
  );
  chmodSync(join(folder, "aws"), 0o755);
  const result = run("dev");
  expect(result.stdout).toMatch(/OK +AWS CLI: 2\.31/);
  expect(result.stdout).toMatch(/problem +Pulumi\.dev\.yaml: task-platform:accountId [^\n]*example value/);
  expect(result.stdout).toMatch(/unknown +credentials: none that AWS accepts/);
  expect(result.status).toBe(1);
});

test("A wrong command line is one message with everything allowed", () => {
  const result = run("qa", "more", "--fix");
  expect(result.status).toBe(2);
  expect(result.stderr).toMatch(
    /--fix: unknown[\s\S]*got "qa"; allowed: dev, staging, prod, dr[\s\S]*got "more"/,
  );
});
