import { expect, test } from "vitest";
import { nodeRoom } from "./index.ts";

test.each([
  ["m7g.large", 1720, 6327],
  ["t4g.large", 1720, 6327],
  ["c7g.large", 1720, 2231],
  ["r7g.xlarge", 3720, 30903],
  ["m7g.4xlarge", 15720, 63671],
])("a %s has room for %im and %i MiB of pods", (name, cpuMillis, memoryMiB) => {
  expect(nodeRoom(name)).toEqual({ cpuMillis, memoryMiB });
});

test("a name that does not give the size has no room", () => {
  for (const name of ["t4g.medium", "m7g.metal", "m7g", "p5.48xlarge"])
    expect(nodeRoom(name)).toBeUndefined();
});
