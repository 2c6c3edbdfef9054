import { expect, test } from "vitest";
import { inspect, mentioning, parse, sourceOf, sourcesIn } from "../repository.ts";
import { creatorsOf, resourcesInApply } from "./apply.ts";

const guarded = sourcesIn("components", "infra");

test("no resource is created or read inside an apply", () => {
  const creators = creatorsOf(guarded.map(sourceOf));
  expect(creators.size).toBeGreaterThan(20);
  expect(inspect(mentioning("apply", guarded), (source) => resourcesInApply(source, creators))).toEqual([]);
});

test.each([
  ["of Pulumi by name", 'import { Role } from "@pulumi/aws/iam";\na.apply((x) => new Role(x));'],
  ["an arrow function", "id.apply((x) => new aws.s3.Bucket(x));"],
  ["an arrow function without parentheses", "id.apply(x => { new aws.s3.Bucket(x); });"],
  ["a result in parentheses", "id.apply((x) => (new aws.s3.Bucket(x)));"],
  ["a function expression", "id.apply(function (x) { return new aws.s3.Bucket(x); });"],
  ["several outputs", "pulumi.all([a, b]).apply(([x]) => new k8s.core.v1.Secret(x));"],
  ["an apply inside an apply", "a.apply((x) => b.apply((y) => new random.RandomId(y)));"],
  ["a call inside a call", "a.apply((x) => use(other(new aws.s3.Bucket(x))));"],
  ["a component of ours", "a.apply((x) => new Bucket(x, {}));"],
  ["a helper of another file", "a.apply((x) => createBucket(x));"],
  ["a helper of a module", "a.apply((x) => keys.createKey(x));"],
  ["a helper of this file", "const make = (x) => new Bucket(x);\na.apply((x) => make(x));"],
  ["a helper as the handler", "function make(x) { return new Bucket(x); }\na.apply(make);"],
  ["a helper for each element", "const make = (x) => new Bucket(x);\na.apply((all) => all.map(make));"],
  ["a method", "class A { make(x) { new Bucket(x); } b() { id.apply((x) => this.make(x)); } }"],
  ["a name in brackets", 'a["apply"]((x) => new Bucket(x));'],
  ["an optional call", "a?.apply((x) => new Bucket(x));"],
  ["the read of a resource", 'a.apply((x) => aws.s3.Bucket.get("b", x));'],
])("a resource inside an apply is found: %s", (_, code) => {
  expect(resourcesInApply(parse(code))).toHaveLength(1);
});

test.each([
  ["a value", "a.apply((x) => x.split('/')[1]);"],
  ["what the language has", "a.apply((x) => new Map([[x, new URL(x)]]).get(x));"],
  ["a digest", 'import { createHash } from "node:crypto";\na.apply((x) => createHash(x));'],
  ["a text style", 'import { Scalar } from "yaml";\na.apply((x) => new Scalar(x));'],
  ["an error", "a.apply((x) => { throw new pulumi.RunError(x); });"],
  ["a resource beside an apply", "const b = new Bucket(a.apply((x) => x));"],
])("an apply may give %s", (_, code) => {
  expect(resourcesInApply(parse(code))).toEqual([]);
});

test("a helper of another file is found whatever its name is, and through one that calls it", () => {
  const creators = creatorsOf([
    parse('import { bucketOf } from "./a.ts";\nexport const logs = () => bucketOf();', "b.ts"),
    parse(
      "export function bucketOf() { return new aws.s3.Bucket('b'); }\nexport const arn = () => 1;",
      "a.ts",
    ),
  ]);
  expect([...creators].toSorted()).toEqual(["bucketOf", "logs"]);
  const code = 'import { logs as make } from "./b.ts";\nid.apply((x) => make(x));\nid.apply((x) => arn(x));';
  expect(resourcesInApply(parse(code), creators)).toEqual(["line 2: make"]);
});
