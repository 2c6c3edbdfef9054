import { expect, test } from "vitest";
import { kafkaVersions, usableKafkaVersions } from "./versions.ts";

test("a new cluster may use the KRaft versions without a published end of support", () => {
  expect(usableKafkaVersions()).toEqual(["3.8.x.kraft", "3.9.x.kraft", "4.0.x.kraft", "4.1.x.kraft"]);
});

test("every version of the table is a KRaft version with a release date before its end of support", () => {
  const wrong = Object.entries(kafkaVersions).filter(
    ([name, version]) =>
      !/^\d+\.\d+\.x\.kraft$/.test(name) ||
      !/^\d{4}-\d{2}-\d{2}$/.test(version.releasedOn) ||
      (version.supportEndsOn !== undefined && version.supportEndsOn <= version.releasedOn),
  );
  expect(wrong).toEqual([]);
});
