import type { StatementInput } from "../../base/core/index.ts";
import { readActions, topicReads } from "./read-actions.ts";

interface ReadScope {
  readonly accountId: string;
  readonly regions: readonly string[];
  /** Cluster of the environment. Settings of topics of other clusters stay unread. */
  readonly kafkaClusterName: string;
}

/** Permissions of a preview or a refresh: to read settings, but no content. */
export function readStatements(scope: ReadScope): readonly StatementInput[] {
  const actions = Object.entries(readActions).flatMap(([service, names]) =>
    names.map((name) => `${service}:${name}`),
  );
  return [
    { sid: "ReadSettings", actions, resources: ["*"] },
    { sid: "ReadTopics", actions: topicReads, resources: topicResources(scope) },
  ];
}

/**
 * The Kafka cluster of the environment and its topics; the rest of each ARN is random. The ARN contains the region, because
 * brokers and not AWS's endpoint serve these calls.
 */
export function topicResources({ regions, accountId, kafkaClusterName }: ReadScope): readonly string[] {
  return regions.flatMap((region) =>
    ["cluster", "topic"].map((kind) => `arn:aws:kafka:${region}:${accountId}:${kind}/${kafkaClusterName}/*`),
  );
}
