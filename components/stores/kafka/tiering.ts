import type { Problem } from "../../base/core/index.ts";
import type { KafkaSettings } from "./settings.ts";
import type { TopicSpec } from "./topics.ts";

/**
 * Old events in a tier of S3 that the service runs, young ones on the volumes.
 *
 * For good: the service turns no cluster back, and a topic that was turned back cannot be tiered again (MSK developer
 * guide, "Tiered storage for Standard brokers"). Every version this block offers can do it (3.6 and later); compacted
 * topics cannot, and there are none. Who reads old events must not read committed ones only unless it uses transactions,
 * and KafkaJS does unless it is told otherwise.
 */
export interface Tiering {
  /** Hours that events stay on the volumes; the retention of a topic is for both tiers together. */
  readonly localRetentionHours: number;
}

/** The service tiers no topic that is kept for less; for the volumes it knows no least time. */
const leastRetentionHours = 72;

/** Largest file of a partition (`segment.bytes`). Only files that are full leave a volume. */
export const segmentBytes = 1024 ** 3;

export function storageMode({ tiering }: Pick<KafkaSettings, "tiering">): "LOCAL" | "TIERED" {
  return tiering === "none" ? "LOCAL" : "TIERED";
}

/** What tiering asks of brokers and topics. */
export function tieringProblems(settings: KafkaSettings, topics: readonly TopicSpec[]): Problem[] {
  const { tiering, instanceType } = settings;
  if (tiering === "none") return [];
  const problems: Problem[] = [];
  if (instanceType === "kafka.t3.small") {
    problems.push({
      argument: "instanceType",
      given: `"${instanceType}", for a cluster with tiers`,
      allowed: "kafka.m5.large, kafka.m7g.large or larger",
      fix: "take a larger class, or keep everything on the volumes",
    });
  }
  const short = topics.filter((topic) => topic.retentionHours < leastRetentionHours);
  problems.push(
    ...short.map((topic) => ({
      argument: `topics[${topic.name}].retentionHours`,
      given: `${topic.retentionHours}, for a topic with tiers`,
      allowed: `${leastRetentionHours} or more`,
      fix: "keep it for three days, or keep everything on the volumes",
    })),
  );
  return [...problems, ...localRetentionProblems(tiering, topics)];
}

function localRetentionProblems({ localRetentionHours }: Tiering, topics: readonly TopicSpec[]): Problem[] {
  const shortest = Math.min(...topics.map((topic) => topic.retentionHours));
  if (Number.isInteger(localRetentionHours) && localRetentionHours >= 1 && localRetentionHours < shortest) {
    return [];
  }
  return [
    {
      argument: "tiering.localRetentionHours",
      given: String(localRetentionHours),
      allowed: `a whole number from 1, below ${shortest}, the shortest retention of a topic`,
      fix: "leave readers that are behind the time to catch up on the volumes",
    },
  ];
}
