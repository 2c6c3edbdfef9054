import type { KafkaSettings } from "./settings.ts";
import { segmentBytes } from "./tiering.ts";
import type { TopicSpec } from "./topics.ts";

/** Fullest a volume may be: autoscaling starts here, and it takes hours and one step in six. */
export const fullestPercent = 70;

const secondsPerHour = 3600;
const bytesPerGiB = 1024 ** 3;

/** What retention needs and what the cluster may grow to, in GiB over all brokers. */
export interface StorageNeed {
  readonly neededGiB: number;
  readonly usableGiB: number;
  /** The sum in words, for the person whose numbers do not fit. */
  readonly arithmetic: string;
}

/**
 * Steady state: rate x share x size x retention x copies, summed over the topics. With tiers only what stays on the
 * volumes counts, and one open file a partition, which leaves when it is full and not before.
 */
export function storageNeed(settings: KafkaSettings, topics: readonly TopicSpec[]): StorageNeed {
  const bytesPerSecond = settings.averageEventsPerSecond * settings.averageEventBytes;
  const parts = topics.map((topic) => {
    const share = topic.shareOfEvents ?? 1;
    const { hours, openBytes, openFiles } = onVolumes(settings, topic);
    const bytes = bytesPerSecond * share * hours * secondsPerHour * topic.replicationFactor + openBytes;
    return {
      neededGiB: bytes / bytesPerGiB,
      text: `${topic.name} ${settings.averageEventsPerSecond}/s x ${share} x ${settings.averageEventBytes} B x ${hours} h x ${topic.replicationFactor} copies${openFiles} = ${round(bytes / bytesPerGiB)} GiB`,
    };
  });
  const neededGiB = parts.reduce((sum, part) => sum + part.neededGiB, 0);
  const usableGiB = (settings.brokers * settings.maxStorageGiBPerBroker * fullestPercent) / 100;
  const room = `${settings.brokers} brokers x ${settings.maxStorageGiBPerBroker} GiB x ${fullestPercent} % = ${round(usableGiB)} GiB`;
  return {
    neededGiB,
    usableGiB,
    arithmetic: `${parts.map((part) => part.text).join("; ")}; together ${round(neededGiB)} GiB, room ${room}`,
  };
}

/** Without tiers the whole retention, of which the open files are a part. */
function onVolumes({ tiering }: KafkaSettings, { retentionHours, partitions, replicationFactor }: TopicSpec) {
  if (tiering === "none") return { hours: retentionHours, openBytes: 0, openFiles: "" };
  return {
    hours: tiering.localRetentionHours,
    openBytes: partitions * segmentBytes * replicationFactor,
    openFiles: ` and ${partitions} open files x ${replicationFactor}`,
  };
}

function round(gib: number): string {
  return String(Math.round(gib * 10) / 10);
}
