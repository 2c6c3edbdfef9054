import {
  choiceProblems,
  listed,
  logRetentionProblems,
  type Problem,
  repeated,
  unless,
} from "../../base/core/index.ts";
import type { TopicSpec } from "../kafka-topics/index.ts";
import { brokerClasses } from "./broker-classes.ts";
import { replicationProblems } from "./replication.ts";
import type { KafkaSettings } from "./settings.ts";
import { storageNeed } from "./storage.ts";
import { tieringProblems } from "./tiering.ts";
import { usableKafkaVersions } from "./versions.ts";

/** Largest volume of a Standard broker, 16 TiB. */
const largestVolumeGiB = 16_384;

/** Everything wrong with the Kafka part of an environment spec, given the topics and the zones of the brokers. */
export function checkKafkaSettings(
  settings: KafkaSettings,
  topics: readonly TopicSpec[],
  zones: readonly string[],
): Problem[] {
  return [
    ...brokerProblems(settings, zones),
    ...topics.flatMap((topic) => topicProblems(topic, settings)),
    ...repeated(topics.map(({ name }) => name)).map((name) => ({
      argument: "topics",
      given: `"${name}" more than once`,
      allowed: "one topic per name",
      fix: "remove one of them",
    })),
    ...partitionProblems(settings, topics),
    ...tieringProblems(settings, topics),
    ...volumeProblems(settings, topics),
    ...logRetentionProblems(settings.logRetentionDays),
    ...(settings.replication === "none" ? [] : replicationProblems(settings)),
  ];
}

function brokerProblems(settings: KafkaSettings, zones: readonly string[]): Problem[] {
  const { version, brokers, instanceType } = settings;
  return [
    ...choiceProblems(
      "version",
      version,
      usableKafkaVersions(),
      "use one of these, or add a newly supported version to components/stores/kafka/versions.ts",
    ),
    ...unless(brokers >= 1 && zones.length > 0 && brokers % zones.length === 0, {
      argument: "brokers",
      given: String(brokers),
      allowed: `a multiple of the ${zones.length} zones (${listed(zones)})`,
      fix: "choose a multiple: the service puts the same number of brokers in every zone",
    }),
    ...choiceProblems(
      "instanceType",
      instanceType,
      Object.keys(brokerClasses),
      "use one of these; Express brokers need another block, because they accept no storage settings",
    ),
  ];
}

function topicProblems(topic: TopicSpec, settings: KafkaSettings): Problem[] {
  const argument = `topics[${topic.name}]`;
  const { replicationFactor, minInSyncReplicas, shareOfEvents: share = 1 } = topic;
  return [
    ...unless(replicationFactor >= 1 && replicationFactor <= settings.brokers, {
      argument: `${argument}.replicationFactor`,
      given: String(replicationFactor),
      allowed: `1 to ${settings.brokers}, the number of brokers`,
      fix: "add brokers or keep fewer copies",
    }),
    ...unless(minInSyncReplicas >= 1 && minInSyncReplicas <= replicationFactor - 1, {
      argument: `${argument}.minInSyncReplicas`,
      given: String(minInSyncReplicas),
      allowed: `1 to ${replicationFactor - 1}, one less than the replication factor`,
      fix: "leave one copy spare: otherwise a rolling update stops every producer",
    }),
    ...unless(share >= 0 && share <= 1, {
      argument: `${argument}.shareOfEvents`,
      given: String(share),
      allowed: "0 to 1",
      fix: "give the share of all events that this topic gets",
    }),
  ];
}

function partitionProblems(settings: KafkaSettings, topics: readonly TopicSpec[]): Problem[] {
  const perBroker = brokerClasses[settings.instanceType];
  if (perBroker === undefined) return [];
  const replicas = topics.reduce((sum, topic) => sum + topic.partitions * topic.replicationFactor, 0);
  const most = perBroker * settings.brokers;
  return unless(replicas <= most, {
    argument: "topics",
    given: `${replicas} partitions with replicas`,
    allowed: `${most} (${settings.brokers} brokers x ${perBroker} on ${settings.instanceType})`,
    fix: "choose a larger class, more brokers or fewer partitions",
  });
}

function volumeProblems(settings: KafkaSettings, topics: readonly TopicSpec[]): Problem[] {
  const { storageGiBPerBroker: initial, maxStorageGiBPerBroker: most } = settings;
  const need = storageNeed(settings, topics);
  return [
    ...unless(initial >= 1 && most >= initial && most <= largestVolumeGiB, {
      argument: "storageGiBPerBroker, maxStorageGiBPerBroker",
      given: `${initial}, ${most}`,
      allowed: `1 <= storageGiBPerBroker <= maxStorageGiBPerBroker <= ${largestVolumeGiB}`,
      fix: "give the initial size and the ceiling; a volume grows and never shrinks",
    }),
    ...unless(need.neededGiB <= need.usableGiB, {
      argument: "maxStorageGiBPerBroker",
      given: String(most),
      allowed: need.arithmetic,
      fix: "raise the ceiling, shorten a retention, or set shareOfEvents for topics that get only some events",
    }),
  ];
}
