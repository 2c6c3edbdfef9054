import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { connectStatement } from "./statements.ts";

test("A sign-in names one role on each instance id, never a wildcard", async () => {
  const statement = connectStatement("us-east-1", "123456789012", ["db-A", "db-B"], ["task_api"]);
  const resources = await new Promise((done) => pulumi.output(statement.resources).apply(done));
  expect(statement.actions).toEqual(["rds-db:connect"]);
  expect(resources).toEqual([
    "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-A/task_api",
    "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-B/task_api",
  ]);
});
