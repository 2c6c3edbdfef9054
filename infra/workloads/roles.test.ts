import { allTopics, consumerGroups, database, topics } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { workloadRoles } from "./index.ts";

test("every role has its own key and its own name", () => {
  for (const field of ["key", "name"] as const) {
    const values = workloadRoles.map((role) => role[field]);
    expect(new Set(values).size).toBe(values.length);
  }
});

test("roles use only topics and groups that exist, and only the relay writes task events", () => {
  const names = allTopics.map(({ name }) => name);
  const groups: string[] = Object.values(consumerGroups);
  for (const { kafka } of workloadRoles) {
    expect(names).toEqual(expect.arrayContaining([...(kafka?.produces ?? []), ...(kafka?.consumes ?? [])]));
    expect(groups).toEqual(expect.arrayContaining([...(kafka?.groups ?? [])]));
  }
  const writers = workloadRoles.filter(({ kafka }) => kafka?.produces.includes(topics.taskEvents.name));
  expect(writers.map(({ key }) => key)).toEqual(["relay"]);
});

test("each consumer group belongs to one role, which has no more replicas than its topics have partitions", () => {
  const used = workloadRoles.flatMap(({ kafka }) => kafka?.groups ?? []);
  expect(used.toSorted()).toEqual(Object.values(consumerGroups).toSorted());
  for (const { kafka, mostReplicas } of workloadRoles) {
    const consumed = allTopics.filter(({ name }) => kafka?.consumes.includes(name));
    for (const { partitions } of consumed) expect(mostReplicas).toBeLessThanOrEqual(partitions);
  }
});

test("each role signs in with a database role of its own, which a migration creates", () => {
  const used = workloadRoles.map((role) => role.database.role);
  // The runtime can run sagas; no workload does yet.
  const { orchestrator: _notUsed, ...roles } = database.roles;
  expect(used.toSorted()).toEqual(Object.values(roles).toSorted());
});
