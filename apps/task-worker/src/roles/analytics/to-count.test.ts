import type { TaskEvent } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { toCount } from "./to-count.ts";

const timestamp = Date.parse("2026-11-27T12:00:00.000Z");
const event: TaskEvent = {
  event_id: "0193f0a0-0000-7000-8000-000000000001",
  event_type: "COMPLETED",
  task_id: "0193f0a0-0000-7000-8000-000000000002",
  user_id: "user",
  timestamp,
  payload: JSON.stringify({ created_at: "2026-11-27T11:58:30.500Z" }),
  metadata: {},
};
const common = { event_id: event.event_id, user_id: "user", timestamp };

test("a created task counts without a time", () => {
  expect(toCount({ ...event, event_type: "CREATED" })).toEqual({
    ...common,
    completed: false,
    seconds: null,
  });
});

test("a completed task counts with the time since its creation", () => {
  expect(toCount(event)).toEqual({ ...common, completed: true, seconds: 89.5 });
});

test("a completion without a payload counts without a time, and clocks that differ give no negative time", () => {
  expect(toCount({ ...event, payload: null })).toEqual({ ...common, completed: true, seconds: null });
  const ahead = JSON.stringify({ created_at: "2026-11-27T12:00:01.000Z" });
  expect(toCount({ ...event, payload: ahead })?.seconds).toBe(0);
});

test.each(["UPDATED", "DELETED"] as const)("%s counts nothing", (event_type) => {
  expect(toCount({ ...event, event_type, payload: "no JSON" })).toBe(undefined);
});

test.each([
  ["text", "no JSON", "not the JSON of a task"],
  ["null", "null", "not the JSON of a task"],
  ["a number", "5", "not the JSON of a task"],
  ["no creation", "{}", "created_at is not a time since 1970"],
  ["a creation that is no time", '{"created_at":"yesterday"}', "created_at is not a time since 1970"],
  ["a creation that is a number", '{"created_at":-5}', "created_at is not a time since 1970"],
  ["a creation before 1970", '{"created_at":"1969-12-31T23:59:59Z"}', "created_at is not a time since 1970"],
])("a completion whose payload is %s is the fault of the event", (_what, payload, problem) => {
  expect(() => toCount({ ...event, payload })).toThrow(problem);
});
