import { isWhole, type Problem, unless } from "../../base/core/index.ts";
import type { TopicSpec } from "../kafka-topics/index.ts";
import type { KafkaSettings, Tiering } from "./settings.ts";

/** The service refuses tiers for topics with a shorter retention; the volumes have no minimum. */
const leastRetentionHours = 72;

/** Largest file of a partition (`segment.bytes`). Only full files move to S3. */
export const segmentBytes = 1024 ** 3;

export function storageMode({ tiering }: Pick<KafkaSettings, "tiering">): "LOCAL" | "TIERED" {
  return tiering === "none" ? "LOCAL" : "TIERED";
}

/** Brokers and topics that cannot have tiered storage. */
export function tieringProblems(settings: KafkaSettings, topics: readonly TopicSpec[]): Problem[] {
  const { tiering, instanceType } = settings;
  if (tiering === "none") return [];
  return [
    ...unless(instanceType !== "kafka.t3.small", {
      argument: "instanceType",
      given: `"${instanceType}", for a cluster with tiers`,
      allowed: "kafka.m5.large, kafka.m7g.large or larger",
      fix: "choose a larger class, or keep everything on the volumes",
    }),
    ...topics.flatMap(({ name, retentionHours }) =>
      unless(retentionHours >= leastRetentionHours, {
        argument: `topics[${name}].retentionHours`,
        given: `${retentionHours}, for a topic with tiers`,
        allowed: `${leastRetentionHours} or more`,
        fix: "keep it for three days, or keep everything on the volumes",
      }),
    ),
    ...localRetentionProblems(tiering, topics),
  ];
}

function localRetentionProblems({ localRetentionHours }: Tiering, topics: readonly TopicSpec[]): Problem[] {
  const shortest = Math.min(...topics.map((topic) => topic.retentionHours));
  return unless(isWhole(localRetentionHours, 1) && localRetentionHours < shortest, {
    argument: "tiering.localRetentionHours",
    given: String(localRetentionHours),
    allowed: `a whole number from 1, below ${shortest}, the shortest retention of a topic`,
    fix: "choose a value that lets delayed consumers catch up from the volumes",
  });
}
