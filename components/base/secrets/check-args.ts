import type { Problem } from "../core/index.ts";
import type { SecretSpec, SecretsArgs } from "./secrets.ts";

/** Secrets Manager turns a secret at most once a day here; more seldom than yearly is as good as never. */
const rotationDays = { least: 1, most: 365 };

/** Limits of the service; a name is a prefix and a key, and each gets half of the 512. */
const most = { description: 2048, part: 256 };

/** Everything wrong with the arguments of the block. */
export function secretsProblems(args: SecretsArgs): Problem[] {
  return [
    ...prefixProblems(args),
    ...replicaProblems(args),
    ...Object.entries(args.secrets).flatMap(([key, spec]) => secretProblems(key, spec)),
  ];
}

function prefixProblems({ prefix, secrets }: SecretsArgs): Problem[] {
  const problems: Problem[] = [];
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(prefix) || prefix.length > most.part) {
    problems.push({
      argument: "prefix",
      given: `"${prefix}"`,
      allowed: `lower-case letters, digits and single - between them, at most ${most.part}`,
      fix: 'name it like the environment, such as "task-prod"',
    });
  }
  if (Object.keys(secrets).length === 0) {
    problems.push({
      argument: "secrets",
      given: "none",
      allowed: "one secret or more",
      fix: "leave the block out where there is no secret",
    });
  }
  return problems;
}

function replicaProblems({ region, replica }: SecretsArgs): Problem[] {
  if (replica?.region !== region) return [];
  return [
    {
      argument: "replica.region",
      given: `"${replica.region}", where the secrets already are`,
      allowed: "another region",
      fix: "name the region that takes over, or leave the replica out",
    },
  ];
}

function secretProblems(key: string, spec: SecretSpec): Problem[] {
  return [...keyProblems(key), ...contentProblems(key, spec), ...rotationProblems(key, spec)];
}

function keyProblems(key: string): Problem[] {
  const problems: Problem[] = [];
  const argument = `secrets["${key}"]`;
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(key) || key.length > most.part) {
    problems.push({
      argument,
      given: `"${key}"`,
      allowed: `lower-case letters, digits and single - between them, at most ${most.part}`,
      fix: 'name it for what it opens, such as "webhook-signing"',
    });
  }
  // Asked for by a part of its ARN, the service takes such an ending for the signs it adds itself, and finds nothing.
  if (/-[a-z0-9]{6}$/.test(key)) {
    problems.push({
      argument,
      given: `"${key}", which ends in - and six signs`,
      allowed: "any other ending",
      fix: "choose another last word: Secrets Manager ends every ARN so, and mixes the two up",
    });
  }
  return problems;
}

function contentProblems(key: string, { description, readers }: SecretSpec): Problem[] {
  const problems: Problem[] = [];
  const argument = `secrets["${key}"]`;
  if (description.trim() === "" || description.length > most.description) {
    problems.push({
      argument: `${argument}.description`,
      given: description.trim() === "" ? "nothing" : `${description.length} characters`,
      allowed: `1 to ${most.description} characters`,
      fix: "say what opens with it and who gives a new one",
    });
  }
  if (readers.length === 0) {
    problems.push({
      argument: `${argument}.readers`,
      given: "none",
      allowed: "the ARN of one role or more",
      fix: "name the role of the workload that needs it; a secret that nobody reads is not needed",
    });
  }
  for (const reader of readers) {
    // What is known only after creation was made by the program, and is an ARN.
    if (typeof reader !== "string" || isRoleArn(reader)) continue;
    problems.push({
      argument: `${argument}.readers`,
      given: `"${reader}"`,
      allowed:
        "arn:aws:iam::<account>:role/<name>; a * only for the ending that Pulumi gives a role below a path",
      fix: "name the role itself, not a session and not a user",
    });
  }
  return problems;
}

/**
 * The role of another program is known but for its ending. Below a path that is open to one deploy role alone, such an
 * ending can be given to no role of somebody else.
 */
function isRoleArn(text: string): boolean {
  return /^arn:aws:iam::\d{12}:role\/(?:[\w+=,.@/-]+|(?:[\w+=,.@-]+\/)+[\w+=,.@-]+-\*)$/.test(text);
}

function rotationProblems(key: string, { rotation }: SecretSpec): Problem[] {
  if (rotation === undefined) return [];
  const { days } = rotation;
  if (Number.isInteger(days) && days >= rotationDays.least && days <= rotationDays.most) return [];
  return [
    {
      argument: `secrets["${key}"].rotation.days`,
      given: String(days),
      allowed: `a whole number from ${rotationDays.least} to ${rotationDays.most}`,
      fix: "take 90, or leave the rotation out where the other side cannot change the secret",
    },
  ];
}
