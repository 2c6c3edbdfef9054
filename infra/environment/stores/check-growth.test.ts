import { expect, test } from "vitest";
import { specs } from "../../../stacks/index.ts";
import { growthProblems } from "./check-growth.ts";

const { prod } = specs;

test.each(Object.values(specs))("the tables that grow with every event fit the database of $name", (spec) => {
  expect(growthProblems(spec)).toEqual([]);
});

test("a rate that fills the database is refused with the calculation and the least ceiling", () => {
  const spec = { ...prod, kafka: { ...prod.kafka, averageEventsPerSecond: 4000 } };
  expect(growthProblems(spec)).toEqual([
    {
      argument: "postgres.maxStorageGiB",
      given:
        "3200, with kafka.averageEventsPerSecond 4000: activity 4000/s x 552 hours x 250 B = 1851 GiB, " +
        "statistics 4000/s x 576 hours x 270 B = 2086 GiB, idempotency keys 4000/s x 24 hours x 920 B = 297 GiB",
      allowed: "6047 or more, so that all of them fill at most 70 %",
      fix: "raise the ceiling: it costs nothing until it is used",
    },
  ]);
  const raised = { ...spec, postgres: { ...spec.postgres, maxStorageGiB: 6047 } };
  expect(growthProblems(raised)).toEqual([]);
  expect(growthProblems({ ...raised, postgres: { ...raised.postgres, maxStorageGiB: 6046 } })).toHaveLength(
    1,
  );
});
