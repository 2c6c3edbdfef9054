import * as aws from "@pulumi/aws";
import { expect, test } from "vitest";
import { planEnvironment, planProgram } from "../../tools/plan/index.ts";
import { outputFamilies } from "../../tools/plan/outputs/index.ts";

test("No type is in two tables", () => {
  const types = outputFamilies.flatMap((family) => Object.keys(family));
  expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
});

test("Resources of one type have different ids and ARNs", async () => {
  const { resources } = await planEnvironment("prod");
  // An alias or a policy may have the id of its resource, but within one type ids are unique.
  const ids = resources.filter(({ id }) => id !== "").map(({ type, id }) => `${type} ${id}`);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  const arns = resources.flatMap(({ type, outputs }) =>
    typeof outputs.arn === "string" ? [`${type} ${outputs.arn}`] : [],
  );
  expect(arns.filter((arn, index) => arns.indexOf(arn) !== index)).toEqual([]);
});

test("The ARN of a resource contains its region", async () => {
  const plan = await planProgram(() => {
    const away = new aws.Provider("away", { region: "us-west-2" });
    new aws.kms.Key("by-provider", {}, { provider: away });
    new aws.kms.Key("by-argument", { region: "eu-west-1" }, { provider: away });
  });
  const regions = plan.all("aws:kms/key:Key").map(({ outputs }) => String(outputs.arn).split(":")[3]);
  expect(regions).toEqual(["eu-west-1", "us-west-2"]);
});
