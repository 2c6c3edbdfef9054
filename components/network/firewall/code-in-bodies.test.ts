import { expect, test } from "vitest";
import type { Plan } from "../../../tools/plan/index.ts";
import { freeTextPattern } from "./rules.ts";
import { aclType, plan, ruleInputs } from "./test/firewall.fixture.ts";

interface Override {
  readonly name: string;
  readonly actionToUse: unknown;
}

const overridesOf = (planned: Plan, key: string) => {
  const { managedRuleGroupStatement } = ruleInputs(planned, key).statement as {
    managedRuleGroupStatement: { ruleActionOverrides: readonly Override[] };
  };
  return managedRuleGroupStatement.ruleActionOverrides;
};

test("rules of groups that look into bodies only count, and every other one refuses in the format of the API", async () => {
  const planned = await plan({ settings: { extraGroups: ["posix"] } });
  const counted = (key: string) =>
    overridesOf(planned, key)
      .filter(({ actionToUse }) => JSON.stringify(actionToUse) === '{"count":{}}')
      .map(({ name }) => name);
  expect(counted("common")).toEqual([
    // Our own rule has the limit of the API.
    "SizeRestrictions_BODY",
    "CrossSiteScripting_BODY",
    "EC2MetaDataSSRF_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
  ]);
  expect(counted("sql")).toEqual(["SQLi_BODY", "SQLiExtendedPatterns_BODY"]);
  expect(counted("posix")).toEqual(["UNIXShellCommandsVariables_BODY"]);
  expect(counted("known-bad-inputs")).toEqual([]);
  const others = ["common", "sql", "posix", "known-bad-inputs", "ip-reputation"].flatMap((key) =>
    overridesOf(planned, key).filter(({ name }) => !counted(key).includes(name)),
  );
  const refusal = { block: { customResponse: { responseCode: 403, customResponseBodyKey: "status-403" } } };
  expect(others.map(({ actionToUse }) => actionToUse)).toEqual(others.map(() => refusal));
  expect(others.length).toBeGreaterThan(20);
});

test("every refusal has a body in the problem format of the API", async () => {
  const bodies = (await plan()).one(aclType).inputs.customResponseBodies as {
    key: string;
    contentType: string;
    content: string;
  }[];
  expect(bodies.map(({ key, contentType }) => [key, contentType])).toEqual(
    ["403", "404", "413", "429"].map((status) => [`status-${status}`, "APPLICATION_JSON"]),
  );
  for (const { key, content } of bodies) {
    const problem = JSON.parse(content) as { type: string; title: string; status: number };
    expect([`status-${problem.status}`, problem.type]).toEqual([key, "about:blank"]);
  }
});

test("code in a body is refused by its label, except in the bodies of tasks", async () => {
  const rule = ruleInputs(await plan(), "code-in-bodies");
  expect(rule.action).toEqual({
    block: { customResponse: { responseCode: 403, customResponseBodyKey: "status-403" } },
  });
  const { andStatement } = rule.statement as {
    andStatement: { statements: [{ orStatement: { statements: unknown[] } }, unknown] };
  };
  const [labels, path] = andStatement.statements;
  expect(labels.orStatement.statements).toEqual(
    [
      "core-rule-set:CrossSiteScripting_Body",
      "core-rule-set:EC2MetaDataSSRF_Body",
      "core-rule-set:GenericLFI_Body",
      "core-rule-set:GenericRFI_Body",
      "sql-database:SQLiExtendedPatterns_Body",
      "sql-database:SQLi_Body",
    ].map((key) => ({ labelMatchStatement: { scope: "LABEL", key: `awswaf:managed:aws:${key}` } })),
  );
  expect(path).toEqual({
    notStatement: {
      statement: {
        regexMatchStatement: {
          regexString: freeTextPattern(["/v1/tasks", "/tasks.v1.TaskService"]),
          fieldToMatch: { uriPath: {} },
          textTransformations: [{ priority: 0, type: "NONE" }],
        },
      },
    },
  });
});

test("the labels of a watched group refuse nothing", async () => {
  const rule = ruleInputs(await plan({ settings: { watchedRules: ["common"] } }), "code-in-bodies");
  expect(JSON.stringify(rule.statement)).not.toContain("core-rule-set");
  expect(JSON.stringify(rule.statement)).toContain("sql-database:SQLi_Body");
  const idle = ruleInputs(await plan({ settings: { watchedRules: ["common", "sql"] } }), "code-in-bodies");
  expect(idle.action).toEqual({ count: {} });
});

test.each([
  ["/v1/tasks", true],
  ["/v1/tasks/0197", true],
  ["/tasks.v1.TaskService/CreateTask", true],
  ["/v1/tasks/../admin", false],
  ["/v1/tasksx", false],
  ["/v1/tasks/1/files", false],
  ["/tasksxv1.TaskService/CreateTask", false],
  ["/V1/tasks", false],
])("whether the body of %s is free text: %s", (path, expected) => {
  expect(new RegExp(freeTextPattern(["/v1/tasks", "/tasks.v1.TaskService"])).test(path)).toBe(expected);
});

test.each([
  ["/v1/tasks", true],
  ["/v1/tasks/0197", true],
  ["/tasks.v1.TaskService/CreateTask", true],
  ["/v1/tasks/../admin", false],
  ["/v1/tasksx", false],
  ["/v1/tasks/1/files", false],
  ["/tasksxv1.TaskService/CreateTask", false],
  ["/V1/tasks", false],
])("whether the body of %s is free text: %s", (path, expected) => {
  expect(new RegExp(freeTextPattern(["/v1/tasks", "/tasks.v1.TaskService"])).test(path)).toBe(expected);
});
