import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stateBucketName } from "../../infra/names.ts";
import { evaluate, rules } from "../../policies/index.ts";
import { imageSteps } from "./images/index.ts";
import { bootstrapSteps, judgedResources, printSteps, readOptions } from "./index.ts";
import { peopleTrust } from "./policy-documents.ts";
import { options } from "./test/account.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bootstrap-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A stand-in for `aws`: it writes its arguments to a file, and reports everything as existing once the file `made` is there. */
function standIn(): void {
  const script = `#!/bin/sh
echo "$*" >> "${folder}/calls"
case "$*" in
  "sts get-caller-identity"*) echo 111111111111; exit 0;;
  *KeyMetadata.KeyState*) echo Enabled; exit 0;;
esac
case "$1 $2" in
  "iam list-roles") if [ -e "${folder}/made" ]; then echo AWSServiceRoleForX; fi;;
  "kms describe-key"|"s3api head-bucket"|"iam get-role"|"iam get-policy"|"iam get-open-id-connect-provider"|"ecr describe-repositories")
    if [ -e "${folder}/made" ]; then echo key-1234; exit 0; else exit 254; fi;;
  "kms create-key") echo key-1234;;
esac
`;
  writeFileSync(join(folder, "aws"), script);
  chmodSync(join(folder, "aws"), 0o755);
}

const people =
  "arn:aws:iam::111111111111:user/anna,arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/Admin_0a";

function run(...args: string[]) {
  return spawnSync(
    process.execPath,
    [join(import.meta.dirname, "main.ts"), "--account=111111111111", `--people=${people}`, ...args],
    {
      encoding: "utf8",
      env: { PATH: `${folder}:/usr/bin:/bin` },
    },
  );
}

const calls = (): string[] => readFileSync(join(folder, "calls"), "utf8").trim().split("\n");

test("Without --apply the commands are printed and nothing is run", () => {
  standIn();
  const result = run();
  expect(result.status).toBe(0);
  expect(result.stdout).toContain("aws kms create-key --multi-region");
  expect(result.stdout).toContain("Nothing was created");
  expect(() => calls()).toThrow();
});

test.each(["", "made"])("The printed script does what --apply does (already there: %s)", (made) => {
  standIn();
  if (made !== "") writeFileSync(join(folder, made), "");
  const { stdout } = run();
  const shell = spawnSync("sh", {
    input: stdout,
    encoding: "utf8",
    env: { PATH: `${folder}:/usr/bin:/bin` },
  });
  expect([shell.status, shell.stderr]).toEqual([0, ""]);
  const printed = calls();
  rmSync(join(folder, "calls"));
  expect(run("--apply").status).toBe(0);
  expect(printed).toEqual(calls());
  expect(printed.join("\n").includes("--target-key-id key-1234")).toBe(made === "");
});

test("The keys and the bucket of the state are created in both regions, and every object is copied", () => {
  standIn();
  const result = run("--apply");
  expect(result.stderr).toBe("");
  const made = calls().join("\n");
  for (const key of ["state", "dev", "staging", "prod", "dr"]) {
    expect(made).toContain(
      `kms create-alias --alias-name alias/task-platform-${key} --target-key-id key-1234 --region us-east-1`,
    );
    expect(made).toContain(
      `kms create-alias --alias-name alias/task-platform-${key} --target-key-id key-1234 --region eu-west-1`,
    );
  }
  expect(made).toContain("kms replicate-key --key-id key-1234 --replica-region eu-west-1 --region us-east-1");
  for (const region of ["us-east-1", "eu-west-1"]) {
    const bucket = stateBucketName("111111111111", region);
    expect(made).toContain(
      `put-public-access-block --bucket ${bucket} --region ${region} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
    );
    for (const command of [
      "create-bucket",
      "put-public-access-block",
      "put-bucket-versioning",
      "put-bucket-encryption",
      "put-bucket-policy",
    ]) {
      expect(made).toContain(`s3api ${command} --bucket ${bucket} --region ${region}`);
    }
  }
  expect(made).toContain(
    "iam create-open-id-connect-provider --url https://token.actions.githubusercontent.com",
  );
  expect(made).toContain("iam create-policy --policy-name task-platform-boundary");
  expect(made).toContain('"ReplicationTime":{"Status":"Enabled","Time":{"Minutes":15}}');
  expect(result.stdout).toContain(
    "pulumi login 's3://task-platform-state-111111111111-us-east-1?region=us-east-1'",
  );
});

test("The roles that a first deploy needs are created: linked roles, and two roles of people", () => {
  standIn();
  expect(run("--apply").status).toBe(0);
  const made = calls();
  for (const service of ["autoscaling", "spot", "eks", "eks-nodegroup", "elasticache", "rds"]) {
    expect(made).toContain(`iam create-service-linked-role --aws-service-name ${service}.amazonaws.com`);
  }
  for (const [role, seconds, policy] of [
    ["task-platform-operator", 7200, "AdministratorAccess"],
    ["task-platform-break-glass", 3600, "job-function/ViewOnlyAccess"],
  ]) {
    expect(made).toContainEqual(expect.stringContaining(`iam create-role --role-name ${role} `));
    expect(made).toContain(`iam update-role --role-name ${role} --max-session-duration ${seconds}`);
    expect(made).toContain(
      `iam attach-role-policy --role-name ${role} --policy-arn arn:aws:iam::aws:policy/${policy}`,
    );
  }
});

test("A user needs a second factor to assume a role of people, and nobody else may than the people named", () => {
  const { Statement } = JSON.parse(peopleTrust(people.split(","))) as { Statement: unknown[] };
  expect(Statement).toEqual([
    {
      Sid: "UsersWithSecondFactor",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::111111111111:user/anna"] },
      Action: "sts:AssumeRole",
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    },
    {
      Sid: "Roles",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/Admin_0a"] },
      Action: "sts:AssumeRole",
    },
  ]);
});

test("A person who is added later gets the trust by one more run, and no role is created again", () => {
  standIn();
  writeFileSync(join(folder, "made"), "");
  expect(run("--apply").status).toBe(0);
  const trusts = calls().filter((call) =>
    /^iam update-assume-role-policy .*-(operator|break-glass) /.test(call),
  );
  expect(trusts.map((call) => call.includes("user/anna"))).toEqual([true, true]);
});

test("The image repositories of both regions pass every rule of the policy pack for them", () => {
  const resources = judgedResources(options);
  expect(resources.map(({ type }) => type).filter((type) => type.endsWith(":Repository"))).toHaveLength(4);
  const ours = rules.filter(({ id }) => /^image-(?!tag-exact|from|pulled|host)/.test(id));
  expect(ours.length).toBeGreaterThan(5);
  expect(evaluate(resources, { environment: "prod", today: "2026-11-26" }, ours, []).violations).toEqual([]);
});

test("Every policy document of the account passes the rules of the policy pack, except where it is meant", () => {
  const resources = judgedResources(options);
  const found = evaluate(resources, { environment: "prod", today: "2026-11-26" }, rules, []).violations;
  const ofDocuments = found.filter(({ urn }) => /:(Role|RolePolicy|Policy|BucketPolicy)::/.test(urn));
  // A boundary grants nothing, and these roles are made by administrators, before there is a boundary.
  const meant = ofDocuments.filter(
    ({ rule, urn }) =>
      rule === "role-bounded" || (rule.startsWith("permissions-") && urn.includes("-boundary-")),
  );
  expect(ofDocuments.filter((one) => !meant.includes(one))).toEqual([]);
  expect(meant.length).toBeGreaterThan(4);
  expect(resources.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      "aws:iam/role:Role",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:s3/bucketPolicy:BucketPolicy",
    ]),
  );
});

test("The commands for images create what the rules have judged, and copy from the home region only", () => {
  const made = imageSteps(options).flatMap(({ make }) => make.map((command) => command.join(" ")));
  for (const region of ["us-east-1", "eu-west-1"]) {
    const of = (text: string) =>
      made.filter((call) => call.includes(text) && call.includes(`--region ${region}`));
    expect(of("create-repository --repository-name task-api")).toEqual([
      `ecr create-repository --repository-name task-api --region ${region} --image-tag-mutability IMMUTABLE --image-scanning-configuration scanOnPush=true --encryption-configuration encryptionType=KMS,kmsKey=arn:aws:kms:${region}:111111111111:alias/task-platform-images`,
    ]);
    expect(of("put-image-tag-mutability")).toHaveLength(2);
    expect(of("put-lifecycle-policy")[0]).toContain('"tagStatus":"untagged"');
    expect(of("put-registry-scanning-configuration --scan-type ENHANCED")).toHaveLength(1);
    expect(of("put-replication-configuration")).toHaveLength(region === "us-east-1" ? 1 : 0);
  }
  expect(made.filter((call) => /delete/.test(call))).toEqual([]);
});

test("A second run creates nothing again", () => {
  standIn();
  writeFileSync(join(folder, "made"), "");
  const result = run("--apply");
  expect(result.status).toBe(0);
  expect(
    calls().filter((call) =>
      /create-(key|bucket|role|alias|policy|open-id|service|repository)|replicate-key/.test(call),
    ),
  ).toEqual([]);
});

test("Without the AWS CLI one message says what to install", () => {
  const result = run("--apply");
  expect(result.status).toBe(1);
  expect(result.stderr).toContain("the AWS CLI is not on PATH");
});

test("All wrong arguments are named at once", () => {
  const { environments, homeRegion, recoveryRegion } = options;
  const read = (...args: string[]) => readOptions(args, { environments, homeRegion, recoveryRegion });
  expect(() => read("--account=12", "--aply")).toThrow(
    /nothing was created:[\s\S]*option --aply: unknown[\s\S]*--account: got "12"[\s\S]*--people: got nothing/,
  );
  // An account or a pattern would let every identity in it assume the roles.
  expect(() =>
    read("--account=111111111111", "--people=arn:aws:iam::111111111111:root,*", "--environments=qa"),
  ).toThrow(
    /--people: got "arn:aws:iam::111111111111:root"[\s\S]*--people: got "\*"[\s\S]*--environments: got "qa"/,
  );
});

test("People of another account are refused: they would be administrators", () => {
  const { environments, homeRegion, recoveryRegion } = options;
  const args = ["--account=111111111111", "--people=arn:aws:iam::111111111112:user/anna"];
  expect(() => readOptions(args, { environments, homeRegion, recoveryRegion })).toThrow(
    'got "arn:aws:iam::111111111112:user/anna"; allowed: users and roles of account 111111111111',
  );
});

test("An account of its own gets only the keys of the environments that run in it", () => {
  standIn();
  expect(run("--apply", "--environments=dev").status).toBe(0);
  const aliases = calls().flatMap((call) => /--alias-name (\S+)/.exec(call)?.[1] ?? []);
  expect([...new Set(aliases)]).toEqual([
    "alias/task-platform-state",
    "alias/task-platform-dev",
    "alias/task-platform-images",
  ]);
});

test("Every JSON argument is quoted so that a shell passes it on unchanged", () => {
  const documents = [...printSteps(bootstrapSteps(options)).matchAll(/'(\{.*?\})'(?=\s|$)/gm)];
  expect(documents.length).toBeGreaterThan(8);
  for (const [, text = ""] of documents) expect(() => JSON.parse(text)).not.toThrow();
});
