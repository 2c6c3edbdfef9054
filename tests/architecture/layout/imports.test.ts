import { expect, test } from "vitest";
import { parse, text } from "../repository.ts";
import { importsOf } from "../syntax.ts";
import { readFolders, readInfraRooms } from "./folders.ts";
import { doorsOf, edgesOf, programEdges } from "./graph.ts";
import { wrongImports, wrongRoomImports } from "./imports.ts";

const page = text("ARCHITECTURE.md");
const folders = readFolders(page);
const rooms = readInfraRooms(page);

test("imports go only in the direction of the table in ARCHITECTURE.md", () => {
  expect(wrongImports(programEdges(), folders)).toEqual([]);
});

test("a room of infra imports only the rooms before it", () => {
  expect(wrongRoomImports(programEdges(), rooms)).toEqual([]);
});

const doors = new Map([
  ...doorsOf("apps/contracts", { name: "@task-platform/contracts", exports: "./src/index.ts" }),
  ...doorsOf("apps/runtime", {
    name: "@task-platform/runtime",
    exports: { "./config": "./src/config/index.ts" },
  }),
]);

/** What the guards find in one import statement of a file. */
const found = (file: string, code: string): string[] => {
  const edges = edgesOf(file, importsOf(parse(code)), doors);
  return [...wrongImports(edges, folders), ...wrongRoomImports(edges, rooms)];
};

const block = "components/stores/kafka/kafka.ts";
const stack = "stacks/prod.ts";
const runtime = "apps/runtime/src/outbox/relay.ts";
const contracts = "apps/contracts/src/names.ts";

test.each([
  [block, 'import { a } from "../../network/edge/index.ts";'],
  [block, 'import type { A } from "../../network/edge/index.ts";'],
  [block, 'export { a } from "../../network/edge/index.ts";'],
  [block, 'const a = await import("../../network/edge/index.ts");'],
  [block, 'let a: import("../../network/edge/index.ts").A;'],
  [block, 'import "../../../infra/program.ts";'],
  [block, 'import { topics } from "@task-platform/contracts";'],
  ["components/base/keys/keys.ts", 'import type { A } from "../../stores/kafka/index.ts";'],
  [stack, 'import { a } from "../components/stores/kafka/index.ts";'],
  [stack, 'import { type A, b } from "../components/stores/kafka/index.ts";'],
  [stack, 'import { a } from "../components/stores/kafka/check.ts";'],
  [block, 'import { a } from "../../network/edge/settings.ts";'],
  [stack, 'import { topics } from "@task-platform/contracts";'],
  ["infra/data/stores.ts", 'import { a } from "@task-platform/runtime/config";'],
  ["infra/data/stores.ts", 'import { a } from "../../policies/index.ts";'],
  ["policies/rules/index.ts", 'import type { A } from "../../stacks/index.ts";'],
  [contracts, 'import { a } from "@task-platform/runtime/config";'],
  [runtime, 'import { a } from "../../../task-api/src/index.ts";'],
  ["apps/task-api/src/main.ts", 'import { a } from "../../task-worker/src/index.ts";'],
  ["apps/task-api/src/main.ts", 'import { a } from "@task-platform/unknown";'],
  ["tools/plan/main.ts", 'import { a } from "@task-platform/runtime/config";'],
  [block, 'import { a } from "./test/kafka.fixture.ts";'],
  ["elsewhere/a.ts", 'import { a } from "../infra/program.ts";'],
  ["infra/platform/network.ts", 'import { a } from "../data/index.ts";'],
  ["infra/platform/network.ts", 'import type { A } from "../data/index.ts";'],
  ["infra/edge/edge.ts", 'import { a } from "../operations/index.ts";'],
  ["infra/names.ts", 'import { a } from "./environment/index.ts";'],
  ["infra/data/stores.ts", 'import { a } from "../outputs.ts";'],
  ["infra/providers.ts", 'import { a } from "./platform/index.ts";'],
])("an import in the wrong direction is found: %s: %s", (file, code) => {
  expect(found(file, code)).toHaveLength(1);
});

test.each([
  [block, 'import { a } from "../../base/core/index.ts";'],
  [block, 'import { a } from "./args.ts";'],
  [stack, 'import type { A } from "../components/stores/kafka/index.ts";'],
  [stack, 'import { type A, type B } from "../components/stores/kafka/index.ts";'],
  [stack, 'import { a } from "../components/stores/kafka/settings.ts";'],
  ["infra/data/stores.ts", 'import { topics } from "@task-platform/contracts";'],
  ["infra/data/stores.ts", 'import { a } from "../platform/index.ts";'],
  ["infra/data/stores.ts", 'import { a } from "../names.ts";'],
  ["infra/providers.ts", 'import type { Environment } from "./environment/index.ts";'],
  ["infra/providers.ts", 'import { a } from "./names.ts";'],
  ["infra/environment/load.ts", 'import { a } from "../names.ts";'],
  ["infra/program.ts", 'import { a } from "./operations/index.ts";'],
  ["apps/task-api/src/config.ts", 'import { a } from "@task-platform/runtime/config";'],
  ["tools/plan/main.ts", 'import { program } from "../../infra/program.ts";'],
  [contracts, 'import avsc from "avsc";'],
])("an import in the right direction is allowed: %s: %s", (file, code) => {
  expect(found(file, code)).toEqual([]);
});
