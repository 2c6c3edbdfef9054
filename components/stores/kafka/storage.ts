import type { TopicSpec } from "../kafka-topics/index.ts";
import type { KafkaSettings } from "./settings.ts";
import { segmentBytes } from "./tiering.ts";

/** Autoscaling starts here. A step takes hours, and there is at most one step in six hours. */
export const fullestPercent = 70;

const secondsPerHour = 3600;
const bytesPerGiB = 1024 ** 3;

/** The space that retention needs and the space after full growth, in GiB over all brokers. */
export interface StorageNeed {
  readonly neededGiB: number;
  readonly usableGiB: number;
  /** The calculation as text, for the error message. */
  readonly arithmetic: string;
}

/**
 * Steady state: rate x share x size x retention x copies, summed over the topics. With tiers only the events on the
 * volumes count, plus one open file per partition, which moves to S3 only when it is full.
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

/** Without tiers, the whole retention, which includes the open files. */
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
