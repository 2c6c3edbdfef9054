import { logRetentionProblems, type Problem } from "../../base/core/index.ts";
import { brokerClasses } from "./broker-classes.ts";
import { replicationProblems } from "./replication.ts";
import type { KafkaSettings } from "./settings.ts";
import { storageNeed } from "./storage.ts";
import { tieringProblems } from "./tiering.ts";
import type { TopicSpec } from "./topics.ts";
import { usableKafkaVersions } from "./versions.ts";

/** Largest volume of a Standard broker, 16 TiB. */
const largestVolumeGiB = 16_384;

/** Everything that is wrong with the Kafka part of a page, given the topics it carries and the zones it spans. */
export function checkKafkaSettings(
  settings: KafkaSettings,
  topics: readonly TopicSpec[],
  zones: readonly string[],
): Problem[] {
  return [
    ...versionProblems(settings),
    ...brokerProblems(settings, zones),
    ...topics.flatMap((topic) => topicProblems(topic, settings)),
    ...repeatedTopics(topics),
    ...partitionProblems(settings, topics),
    ...tieringProblems(settings, topics),
    ...volumeProblems(settings, topics),
    ...logRetentionProblems(settings.logRetentionDays),
    ...(settings.replication === "none" ? [] : replicationProblems(settings)),
  ];
}

function versionProblems(settings: KafkaSettings): Problem[] {
  const usable = usableKafkaVersions();
  if (usable.includes(settings.version)) return [];
  return [
    {
      argument: "version",
      given: `"${settings.version}"`,
      allowed: usable.join(", "),
      fix: "take one of them, or add a newly supported one to components/kafka/versions.ts",
    },
  ];
}

function brokerProblems(settings: KafkaSettings, zones: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  if (settings.brokers < 1 || zones.length === 0 || settings.brokers % zones.length !== 0) {
    problems.push({
      argument: "brokers",
      given: String(settings.brokers),
      allowed: `a multiple of the ${zones.length} zones (${zones.join(", ")})`,
      fix: "the service spreads brokers evenly and refuses a remainder",
    });
  }
  if (brokerClasses[settings.instanceType] === undefined) {
    problems.push({
      argument: "instanceType",
      given: `"${settings.instanceType}"`,
      allowed: Object.keys(brokerClasses).join(", "),
      fix: "take one of them; Express brokers need another block, because they take no storage settings",
    });
  }
  return problems;
}

function topicProblems(topic: TopicSpec, settings: KafkaSettings): Problem[] {
  const argument = `topics[${topic.name}]`;
  const problems: Problem[] = [];
  if (topic.replicationFactor > settings.brokers || topic.replicationFactor < 1) {
    problems.push({
      argument: `${argument}.replicationFactor`,
      given: String(topic.replicationFactor),
      allowed: `1 to ${settings.brokers}, the number of brokers`,
      fix: "add brokers or keep fewer copies",
    });
  }
  if (topic.minInSyncReplicas < 1 || topic.minInSyncReplicas > topic.replicationFactor - 1) {
    problems.push({
      argument: `${argument}.minInSyncReplicas`,
      given: String(topic.minInSyncReplicas),
      allowed: `1 to ${topic.replicationFactor - 1}, the replication factor less one`,
      fix: "leave room for one broker: a rolling update would stop every producer",
    });
  }
  const share = topic.shareOfEvents ?? 1;
  if (share < 0 || share > 1) {
    problems.push({
      argument: `${argument}.shareOfEvents`,
      given: String(share),
      allowed: "0 to 1",
      fix: "give the part of all events that ends in this topic",
    });
  }
  return problems;
}

function repeatedTopics(topics: readonly TopicSpec[]): Problem[] {
  const names = topics.map((topic) => topic.name);
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map((name) => ({
    argument: "topics",
    given: `"${name}" more than once`,
    allowed: "one topic a name",
    fix: "remove one of them",
  }));
}

function partitionProblems(settings: KafkaSettings, topics: readonly TopicSpec[]): Problem[] {
  const perBroker = brokerClasses[settings.instanceType];
  if (perBroker === undefined) return [];
  const replicas = topics.reduce((sum, topic) => sum + topic.partitions * topic.replicationFactor, 0);
  const most = perBroker * settings.brokers;
  if (replicas <= most) return [];
  return [
    {
      argument: "topics",
      given: `${replicas} partitions with replicas`,
      allowed: `${most} (${settings.brokers} brokers x ${perBroker} on ${settings.instanceType})`,
      fix: "take a larger class, more brokers or fewer partitions",
    },
  ];
}

function volumeProblems(settings: KafkaSettings, topics: readonly TopicSpec[]): Problem[] {
  const problems: Problem[] = [];
  const { storageGiBPerBroker: initial, maxStorageGiBPerBroker: most } = settings;
  if (initial < 1 || most < initial || most > largestVolumeGiB) {
    problems.push({
      argument: "storageGiBPerBroker, maxStorageGiBPerBroker",
      given: `${initial}, ${most}`,
      allowed: `1 <= storageGiBPerBroker <= maxStorageGiBPerBroker <= ${largestVolumeGiB}`,
      fix: "a volume grows and never shrinks; give its first size and its ceiling",
    });
  }
  const need = storageNeed(settings, topics);
  if (need.neededGiB > need.usableGiB) {
    problems.push({
      argument: "maxStorageGiBPerBroker",
      given: String(most),
      allowed: need.arithmetic,
      fix: "raise the ceiling, shorten a retention, or set shareOfEvents where a topic sees only some events",
    });
  }
  return problems;
}
