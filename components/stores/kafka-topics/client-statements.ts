import type { Statement } from "../../base/core/index.ts";

/** What a client does with topics and consumer groups, by their names. */
export interface ClientAccess {
  readonly produces: readonly string[];
  readonly consumes: readonly string[];
  readonly groups: readonly string[];
}

/**
 * What IAM must allow a Kafka client: its topics and its groups by full ARN, never a wildcard.
 *
 * Works on a plain ARN. With an output: `policyDocument(kafka.clusterArn.apply((arn) => clientStatements(arn, access)))`.
 *
 * @throws Error when the text is not the ARN of an MSK cluster, since every ARN of a topic is made from it.
 */
export function clientStatements(clusterArn: string, access: ClientAccess): Statement[] {
  const topics = (names: readonly string[]) => names.map((name) => memberArn(clusterArn, "topic", name));
  const groups = access.groups.map((name) => memberArn(clusterArn, "group", name));
  return [
    { sid: "KafkaConnect", actions: ["kafka-cluster:Connect"], resources: [clusterArn] },
    ...statement(
      "KafkaIdempotence",
      ["WriteDataIdempotently"],
      access.produces.length > 0 ? [clusterArn] : [],
    ),
    ...statement("KafkaProduce", ["DescribeTopic", "WriteData"], topics(access.produces)),
    ...statement("KafkaConsume", ["DescribeTopic", "ReadData"], topics(access.consumes)),
    ...statement("KafkaGroups", ["AlterGroup", "DescribeGroup"], groups),
  ];
}

function statement(sid: string, verbs: readonly string[], resources: readonly string[]): Statement[] {
  if (resources.length === 0) return [];
  return [{ sid, actions: verbs.map((verb) => `kafka-cluster:${verb}`), resources: [...resources].sort() }];
}

/** `…:cluster/<name>/<uuid>` becomes `…:<kind>/<name>/<uuid>/<member>`. */
export function memberArn(clusterArn: string, kind: "topic" | "group", member: string): string {
  const parts = /^(arn:[^:]+:kafka:[^:]+:\d{12}):cluster\/([^/]+\/[^/]+)$/.exec(clusterArn);
  if (!parts) {
    throw new Error(
      `clusterArn: got "${clusterArn}"; allowed: arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>`,
    );
  }
  return `${parts[1]}:${kind}/${parts[2]}/${member}`;
}
