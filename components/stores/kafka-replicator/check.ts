import { listed, type Problem, repeated, under, unless } from "../../base/core/index.ts";
import { replicationProblems } from "../kafka/index.ts";
import type { KafkaReplicatorArgs } from "./args.ts";

/** Everything wrong with the arguments of the block. */
export function kafkaReplicatorProblems(args: KafkaReplicatorArgs): Problem[] {
  return [
    ...nameProblems(args.replicatorName),
    ...sourceProblems(args),
    ...subnetProblems("source.subnetIds", args.source.subnetIds.length),
    ...subnetProblems("target.subnetIds", Object.keys(args.target.subnetIds).length),
    ...listProblems("topics", args.topics),
    ...absentTopicProblems(args),
    ...listProblems("consumerGroups", args.consumerGroups),
    ...under("settings", replicationProblems(args.settings)),
  ];
}

function nameProblems(name: string): Problem[] {
  return unless(/^[0-9A-Za-z][0-9A-Za-z-]{0,127}$/.test(name), {
    argument: "replicatorName",
    given: `"${name}"`,
    allowed: "1 to 128 letters, digits and -, beginning with a letter or digit",
    fix: 'name it for its two clusters, such as "task-prod-to-dr"',
  });
}

/** The service also copies within one region, but this block is for the loss of a region. */
function sourceProblems({ source, region, accountId }: KafkaReplicatorArgs): Problem[] {
  const argument = "source.clusterArn";
  const parts = /^arn:[^:]+:kafka:([^:]+):(\d{12}):cluster\/[^/]+\/[^/]+$/.exec(source.clusterArn);
  if (parts === null) {
    return [
      {
        argument,
        given: `"${source.clusterArn}"`,
        allowed: "arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>",
        fix: "use the ARN from the outputs of the source environment",
      },
    ];
  }
  return [
    ...unless(parts[1] !== region, {
      argument,
      given: `a cluster of ${region}, the region of the copy`,
      allowed: "a cluster of another region",
      fix: "name the cluster of the region whose loss the copy must survive",
    }),
    ...unless(parts[2] === accountId, {
      argument,
      given: `a cluster of account ${parts[2]}`,
      allowed: `a cluster of ${accountId}`,
      fix: "keep both environments in one account: the service does not copy between accounts",
    }),
  ];
}

function subnetProblems(argument: string, count: number): Problem[] {
  return unless(count >= 2, {
    argument,
    given: String(count),
    allowed: "two subnets or more, each in its own zone",
    fix: "give the subnets of the brokers",
  });
}

function listProblems(argument: "topics" | "consumerGroups", names: readonly string[]): Problem[] {
  return [
    ...unless(names.length > 0, {
      argument,
      given: "none",
      allowed: "one name or more",
      fix: "give the names of the contracts: an event without the offset of its reader is read twice or never",
    }),
    ...names.flatMap((name) =>
      unless(/^[\w.-]{1,249}$/.test(name), {
        argument,
        given: `"${name}"`,
        allowed: "1 to 249 letters, digits and any of ._-",
        fix: "give the full name; a pattern would also copy, and allow, names that nobody intended",
      }),
    ),
    ...repeated(names).map((name) => ({
      argument,
      given: `"${name}" more than once`,
      allowed: "each name once",
      fix: "remove one of them",
    })),
  ];
}

/** The service would create a missing topic itself, with settings that no environment spec defines. */
function absentTopicProblems({ topics, target }: KafkaReplicatorArgs): Problem[] {
  const known = Object.keys(target.topicNames);
  return [...new Set(topics)].flatMap((topic) =>
    unless(known.includes(topic), {
      argument: "topics",
      given: `"${topic}"`,
      allowed: `a topic of the copy: ${listed(known)}`,
      fix: "give the same topics to the cluster of the copy and to the cluster of the source",
    }),
  );
}
