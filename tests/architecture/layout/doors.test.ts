import { expect, test } from "vitest";
import { wrongDoors } from "./doors.ts";
import { doorsOf, edgesOf, programEdges } from "./graph.ts";

test("a folder is entered through its index.ts only, and a workspace through its exports", () => {
  expect(wrongDoors(programEdges())).toEqual([]);
});

const doors = new Map(
  doorsOf("apps/runtime", {
    name: "@task-platform/runtime",
    exports: { "./config": "./src/config/index.ts" },
  }),
);
const found = (file: string, specifier: string): string[] =>
  wrongDoors(edgesOf(file, [{ specifier, typeOnly: false }], doors));

test.each([
  ["components/stores/kafka/kafka.ts", "../../base/core/errors.ts"],
  ["components/stores/kafka/kafka.ts", "../cache/cache.ts"],
  ["infra/program.ts", "./data/stores.ts"],
  ["infra/edge/edge.ts", "../data/stores.ts"],
  ["infra/program.ts", "../stacks/prod.ts"],
  ["tools/render/main.ts", "../plan/run.ts"],
  ["tools/render/main.ts", "../plan/outputs/index.ts"],
  ["tools/plan/main.ts", "./outputs/kafka.ts"],
  ["tools/plan/main.ts", "../../infra/data/index.ts"],
  ["policies/pack.ts", "./rules/stores/kafka.ts"],
  ["apps/task-api/src/main.ts", "./tasks/create-task.ts"],
  ["apps/task-api/src/main.ts", "../../runtime/src/config/index.ts"],
  ["apps/task-api/src/main.ts", "@task-platform/runtime"],
  ["apps/task-api/src/main.ts", "@task-platform/runtime/kafka"],
])("a folder that is entered by another file is found: %s: %s", (file, specifier) => {
  expect(found(file, specifier)).toHaveLength(1);
});

test.each([
  ["components/stores/kafka/kafka.ts", "../../base/core/index.ts"],
  ["components/stores/kafka/kafka.ts", "./args.ts"],
  ["infra/program.ts", "./data/index.ts"],
  ["infra/data/stores.ts", "../names.ts"],
  ["tools/plan/run.ts", "../../infra/program.ts"],
  ["tools/plan/outputs/kafka.ts", "../types.ts"],
  ["tools/account/steps.ts", "../../infra/names.ts"],
  ["apps/task-api/src/tasks/create-task.ts", "../context.ts"],
  ["apps/task-api/src/main.ts", "@task-platform/runtime/config"],
])("a folder may be entered: %s: %s", (file, specifier) => {
  expect(found(file, specifier)).toEqual([]);
});
