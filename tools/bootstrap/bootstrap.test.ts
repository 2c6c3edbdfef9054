import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stateBucketName } from "../../infra/names.ts";
import { bootstrapSteps, printSteps, readOptions, runSteps } from "./index.ts";

const options = {
  accountId: "111111111111",
  homeRegion: "us-east-1",
  recoveryRegion: "eu-west-1",
  environments: ["prod"],
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bootstrap-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A stand-in for `aws`: it writes its arguments to a file, and reports everything as existing once the file `made` is there. */
function standIn(): void {
  const script = `#!/bin/sh
echo "$*" >> "${folder}/calls"
case "$1 $2" in
  "kms describe-key"|"s3api head-bucket"|"iam get-role"|"iam get-policy"|"iam get-open-id-connect-provider")
    if [ -e "${folder}/made" ]; then echo key-1234; exit 0; else exit 254; fi;;
  "kms create-key") echo key-1234;;
esac
`;
  writeFileSync(join(folder, "aws"), script);
  chmodSync(join(folder, "aws"), 0o755);
}

function run(...args: string[]) {
  return spawnSync(
    process.execPath,
    [join(import.meta.dirname, "main.ts"), "--account=111111111111", ...args],
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
  expect(result.stdout).toContain("pulumi login s3://task-platform-state-111111111111-us-east-1");
});

test("A second run creates nothing again", () => {
  standIn();
  writeFileSync(join(folder, "made"), "");
  const result = run("--apply");
  expect(result.status).toBe(0);
  expect(
    calls().filter((call) => /create-(key|bucket|role|alias|policy|open-id)|replicate-key/.test(call)),
  ).toEqual([]);
});

test("A failed command ends the run and is named in the message", () => {
  const asked: string[] = [];
  const fail = () =>
    runSteps(
      bootstrapSteps(options),
      (args) => {
        asked.push(args.slice(0, 2).join(" "));
        const failing = args[1] === "replicate-key" || args[1] === "describe-key";
        return { status: failing ? 255 : 0, stdout: "key-1", stderr: failing ? "AccessDenied" : "" };
      },
      () => undefined,
    );
  expect(fail).toThrow("replica of the key in eu-west-1: aws kms replicate-key failed: AccessDenied");
  expect(asked.at(-1)).toBe("kms replicate-key");
});

test("Without the AWS CLI one message says what to install", () => {
  const result = run("--apply");
  expect(result.status).toBe(1);
  expect(result.stderr).toContain("the AWS CLI is not on PATH");
});

test("All wrong arguments are named at once", () => {
  const { environments, homeRegion, recoveryRegion } = options;
  expect(() => readOptions(["--account=12", "--aply"], { environments, homeRegion, recoveryRegion })).toThrow(
    /nothing was created:[\s\S]*option --aply: unknown[\s\S]*--account: got "12"/,
  );
});

test("Every JSON argument is quoted so that a shell passes it on unchanged", () => {
  const documents = [...printSteps(bootstrapSteps(options)).matchAll(/'(\{.*?\})'(?=\s|$)/gm)];
  expect(documents.length).toBeGreaterThan(8);
  for (const [, text = ""] of documents) expect(() => JSON.parse(text)).not.toThrow();
});
