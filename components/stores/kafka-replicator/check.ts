import type { Problem } from "../../base/core/index.ts";
import { replicationProblems } from "./replication.ts";
import type { ReplicatorArgs } from "./replicator.ts";

/** Everything wrong with the arguments of the block. */
export function replicatorProblems(args: ReplicatorArgs): Problem[] {
  return [
    ...nameProblems(args.replicatorName),
    ...sourceProblems(args),
    ...subnetProblems(args),
    ...listProblems("topics", args.topics),
    ...absentProblems(args),
    ...listProblems("consumerGroups", args.consumerGroups),
    ...replicationProblems(args.settings).map((problem) => ({
      ...problem,
      argument: `settings.${problem.argument}`,
    })),
  ];
}

function nameProblems(name: string): Problem[] {
  if (/^[0-9A-Za-z][0-9A-Za-z-]{0,127}$/.test(name)) return [];
  return [
    {
      argument: "replicatorName",
      given: `"${name}"`,
      allowed: "1 to 128 letters, digits and -, the first no -",
      fix: 'name it for its two ends, such as "task-prod-to-dr"',
    },
  ];
}

/** The service copies between regions, or between clusters of one; this block is for the loss of a region. */
function sourceProblems({ source, region, accountId }: ReplicatorArgs): Problem[] {
  const parts = /^arn:[^:]+:kafka:([^:]+):(\d{12}):cluster\/[^/]+\/[^/]+$/.exec(source.clusterArn);
  if (parts === null) {
    return [
      {
        argument: "source.clusterArn",
        given: `"${source.clusterArn}"`,
        allowed: "arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>",
        fix: "take it from the outputs of the environment that is copied",
      },
    ];
  }
  const problems: Problem[] = [];
  if (parts[1] === region) {
    problems.push({
      argument: "source.clusterArn",
      given: `a cluster of ${region}, where the copy is`,
      allowed: "a cluster of another region",
      fix: "name the cluster of the region whose loss is to be survived",
    });
  }
  if (parts[2] !== accountId) {
    problems.push({
      argument: "source.clusterArn",
      given: `a cluster of account ${parts[2]}`,
      allowed: `a cluster of ${accountId}`,
      fix: "keep both environments in one account: the service copies between no two",
    });
  }
  return problems;
}

function subnetProblems({ source, target }: ReplicatorArgs): Problem[] {
  const given = {
    "source.subnetIds": source.subnetIds.length,
    "target.subnetIds": Object.keys(target.subnetIds).length,
  };
  return Object.entries(given)
    .filter(([, count]) => count < 2)
    .map(([argument, count]) => ({
      argument,
      given: String(count),
      allowed: "two subnets or more, in as many zones",
      fix: "give the subnets of the brokers",
    }));
}

function listProblems(argument: "topics" | "consumerGroups", names: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  if (names.length === 0) {
    problems.push({
      argument,
      given: "none",
      allowed: "one name or more",
      fix: "name those of the contracts: an event without its reader's place is read twice or never",
    });
  }
  for (const name of names) {
    if (/^[\w.-]{1,249}$/.test(name)) continue;
    problems.push({
      argument,
      given: `"${name}"`,
      allowed: "1 to 249 letters, digits and any of ._-",
      fix: "give the full name; a pattern would copy, and allow, what nobody thought of",
    });
  }
  for (const name of new Set(names.filter((other, at) => names.indexOf(other) !== at))) {
    problems.push({
      argument,
      given: `"${name}" more than once`,
      allowed: "each name once",
      fix: "remove one of them",
    });
  }
  return problems;
}

/** A topic that is not there would be made by the service, with settings that no page knows. */
function absentProblems({ topics, target }: ReplicatorArgs): Problem[] {
  const known = Object.keys(target.topicNames);
  return [...new Set(topics)]
    .filter((topic) => !known.includes(topic))
    .map((topic) => ({
      argument: "topics",
      given: `"${topic}"`,
      allowed: `a topic of the copy: ${known.join(", ") || "it has none"}`,
      fix: "give the block of the copy the same topics as that of the source",
    }));
}
