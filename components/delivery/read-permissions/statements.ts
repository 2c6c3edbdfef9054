import type { StatementInput } from "../../base/core/index.ts";
import { readActions, topicReads } from "./read-actions.ts";

interface ReadScope {
  readonly accountId: string;
  readonly regions: readonly string[];
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

/** Kafka clusters and topics. The ARN contains the region, because brokers and not AWS's endpoint serve these calls. */
export function topicResources({ regions, accountId }: ReadScope): readonly string[] {
  return regions.flatMap((region) => [
    `arn:aws:kafka:${region}:${accountId}:cluster/*`,
    `arn:aws:kafka:${region}:${accountId}:topic/*`,
  ]);
}
