import { expect, test } from "vitest";
import { amiType, isCurrentGeneration, nodeShape, parseInstanceType } from "./instance-types.ts";

test("a type's name gives its series, generation, architecture and size", () => {
  expect(parseInstanceType("r6gd.2xlarge")).toEqual({
    series: "r",
    generation: 6,
    architecture: "arm64",
    size: "2xlarge",
  });
  expect(parseInstanceType("m7i-flex.large")?.architecture).toBe("x86_64");
  for (const name of ["", "m7g", "x2gd.large", "m7g.large.extra"]) {
    expect(parseInstanceType(name)).toBeUndefined();
  }
});

test("old generations are not current, because they do not encrypt traffic between instances", () => {
  const current = (name: string): boolean => {
    const type = parseInstanceType(name);
    return type !== undefined && isCurrentGeneration(type);
  };
  expect(["m6i.large", "t3.medium", "c8g.large"].map(current)).toEqual([true, true, true]);
  expect(["m5.large", "t2.medium"].map(current)).toEqual([false, false]);
});

test("a burstable type has the shape of a general type from large up only", () => {
  const shape = (name: string): string | undefined => {
    const type = parseInstanceType(name);
    return type && nodeShape(type);
  };
  expect(shape("t4g.xlarge")).toBe(shape("m7g.xlarge"));
  expect(shape("t4g.medium")).toBe("t.medium");
});

test("nodes run an image that is still supported", () => {
  expect([amiType("arm64"), amiType("x86_64")]).toEqual(["AL2023_ARM_64_STANDARD", "AL2023_x86_64_STANDARD"]);
});
