import type { Statement } from "../../base/core/index.ts";

/** The topics and consumer groups that a client uses, by name. */
export interface ClientAccess {
  readonly produces: readonly string[];
  readonly consumes: readonly string[];
  readonly groups: readonly string[];
}

/**
 * What IAM must allow a Kafka client: its topics and its groups by full ARN, never a wildcard.
 *
 * Takes a plain ARN. With an output: `policyDocument(kafka.clusterArn.apply((arn) => clientStatements(arn, access)))`.
 *
 * @throws Error if the text is not the ARN of an MSK cluster, since the ARN of every topic is made from it.
 */
export function clientStatements(clusterArn: string, access: ClientAccess): Statement[] {
  const statements = [
    kafkaStatement("KafkaConnect", ["Connect"], [clusterArn]),
    kafkaStatement(
      "KafkaIdempotence",
      ["WriteDataIdempotently"],
      access.produces.length > 0 ? [clusterArn] : [],
    ),
    kafkaStatement(
      "KafkaProduce",
      ["DescribeTopic", "WriteData"],
      memberArns(clusterArn, "topic", access.produces),
    ),
    kafkaStatement(
      "KafkaConsume",
      ["DescribeTopic", "ReadData"],
      memberArns(clusterArn, "topic", access.consumes),
    ),
    kafkaStatement(
      "KafkaGroups",
      ["AlterGroup", "DescribeGroup"],
      memberArns(clusterArn, "group", access.groups),
    ),
  ];
  return statements.filter(({ resources }) => resources.length > 0);
}

/** One statement, with the prefix of the actions of Kafka and its resources in a fixed order. */
export function kafkaStatement(
  sid: string,
  verbs: readonly string[],
  resources: readonly string[],
): Statement & { readonly resources: readonly string[] } {
  return { sid, actions: verbs.map((verb) => `kafka-cluster:${verb}`), resources: resources.toSorted() };
}

/** `…:cluster/<name>/<uuid>` becomes `…:<kind>/<name>/<uuid>/<member>`. */
export function memberArns(
  clusterArn: string,
  kind: "topic" | "group",
  members: readonly string[],
): string[] {
  const parts = /^(arn:[^:]+:kafka:[^:]+:\d{12}):cluster\/([^/]+\/[^/]+)$/.exec(clusterArn);
  if (!parts) {
    throw new Error(
      `clusterArn: got "${clusterArn}"; allowed: arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>`,
    );
  }
  return members.map((member) => `${parts[1]}:${kind}/${parts[2]}/${member}`);
}
