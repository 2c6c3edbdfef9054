import { expect, test } from "vitest";
import { files, isTest, parse, sourceOf } from "../repository.ts";
import { isInSdk, namedTypes } from "./resource-types.ts";

/** Kinds that charts bring, and one that a test of the plan makes up: no SDK has a class for them. */
const known = [
  "aws:sns/old:Old",
  "kubernetes:argoproj.io/v1alpha1:Rollout",
  "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
  "kubernetes:external-secrets.io/v1:ExternalSecret",
  "kubernetes:external-secrets.io/v1:SecretStore",
];

// A test that expects none of a type would pass for ever if the name of the type were misspelt.
test("every resource type that a test names is one of its SDK", () => {
  const tests = files.filter(
    (file) => isTest(file) && /^(components|infra|policies|tests|tools)\/.*\.ts$/.test(file),
  );
  const named = new Set(
    tests
      .filter((file) => !file.startsWith("tests/architecture/"))
      .flatMap((file) => namedTypes(sourceOf(file))),
  );
  expect(named.size).toBeGreaterThan(50);
  expect([...named].filter((type) => !known.includes(type) && !isInSdk(type))).toEqual([]);
});

test.each([
  "aws:s3/bucket:Bucket",
  "aws:ec2/vpc:Vpc",
  "eks:index:Cluster",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:helm.sh/v3:Release",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  "kubernetes:rbac.authorization.k8s.io/v1:Role",
  "random:index/randomPassword:RandomPassword",
])("%s is a type of an SDK", (type) => {
  expect(isInSdk(type)).toBe(true);
});

test.each([
  "aws:s3/bucket:Buckets",
  "aws:s3/buckets:Bucket",
  "aws:iam:Role",
  "kubernetes:apps/v2:Deployment",
])("a type that no SDK has is found: %s", (type) => {
  expect(isInSdk(type)).toBe(false);
});

test("types are found wherever code names them, and not in comments", () => {
  const code =
    'plan.all("aws:s3/bucket:Bucket"); const type = `eks:index:Cluster`; // "aws:ec2/vpc:Vpc"\nf("aws:home");';
  expect(namedTypes(parse(code))).toEqual(["aws:s3/bucket:Bucket", "eks:index:Cluster"]);
});
