import { expect, test } from "vitest";
import { files, inspect, isTest, parse } from "../repository.ts";
import { testDoubles } from "./doubles.ts";

const tests = files.filter((file) => isTest(file) && file.endsWith(".ts"));

test("no test replaces a module or a back end by a double", () => {
  expect(tests.length).toBeGreaterThan(100);
  expect(inspect(tests, testDoubles)).toEqual([]);
});

test.each([
  ['vi.mock("pg");', "line 1: vi.mock"],
  ['vi.doMock("pg", () => ({}));', "line 1: vi.doMock"],
  ['import RedisMock from "ioredis-mock";', "ioredis-mock"],
  ['import { newDb } from "pg-mem";', "pg-mem"],
  ['const { Kafka } = await import("mock-kafka");', "mock-kafka"],
])("a double is found: %s", (code, found) => {
  expect(testDoubles(parse(code))).toEqual([found]);
});

test("a test may watch a function and use what is ours", () => {
  expect(
    testDoubles(parse('import { a } from "./mocks/a.ts";\nconst f = vi.fn();\nimport pg from "pg";')),
  ).toEqual([]);
});
