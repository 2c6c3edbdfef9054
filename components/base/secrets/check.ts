import { type Problem, unless, wholeNumberProblems } from "../core/index.ts";
import type { SecretSpec, SecretsArgs } from "./args.ts";

/** Secrets Manager counts whole days. More than a year between rotations is as good as no rotation. */
const rotationDays = { least: 1, most: 365 };

/** Limits of the service. A name is a prefix and a key, and each gets half of the 512 characters. */
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
  return [
    ...partProblems("prefix", prefix, 'name it like the environment, such as "task-prod"'),
    ...unless(Object.keys(secrets).length > 0, {
      argument: "secrets",
      given: "none",
      allowed: "one secret or more",
      fix: "leave the block out if there is no secret",
    }),
  ];
}

/** Prefix and key have the same form. */
function partProblems(argument: string, text: string, fix: string): Problem[] {
  return unless(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(text) && text.length <= most.part, {
    argument,
    given: `"${text}"`,
    allowed: `lower-case letters, digits and single - between them, at most ${most.part}`,
    fix,
  });
}

function replicaProblems({ region, replica }: SecretsArgs): Problem[] {
  return unless(replica?.region !== region, {
    argument: "replica.region",
    given: `"${region}", the region of the secrets themselves`,
    allowed: "another region",
    fix: "name the recovery region, or leave the replica out",
  });
}

function secretProblems(key: string, spec: SecretSpec): Problem[] {
  const argument = `secrets["${key}"]`;
  return [
    ...keyProblems(argument, key),
    ...contentProblems(argument, spec),
    ...(spec.rotation
      ? wholeNumberProblems(
          `${argument}.rotation.days`,
          spec.rotation.days,
          rotationDays,
          "use 90, or leave the rotation out if the other side cannot change the secret",
        )
      : []),
  ];
}

function keyProblems(argument: string, key: string): Problem[] {
  return [
    ...partProblems(argument, key, 'name it for what it gives access to, such as "webhook-signing"'),
    // With a partial ARN, the service takes such a suffix for the random characters it adds itself, and finds nothing.
    ...unless(!/-[a-z0-9]{6}$/.test(key), {
      argument,
      given: `"${key}", which ends with - and six characters`,
      allowed: "any other suffix",
      fix: "choose another last word: Secrets Manager ends every ARN this way and confuses the two",
    }),
  ];
}

function contentProblems(argument: string, { description, readers }: SecretSpec): Problem[] {
  const isEmpty = description.trim() === "";
  // A reader that is known only after creation was created by the program, so it is an ARN.
  const wrong = readers.flatMap((reader) =>
    typeof reader === "string" && !isRoleArn(reader) ? [reader] : [],
  );
  return [
    ...unless(!isEmpty && description.length <= most.description, {
      argument: `${argument}.description`,
      given: isEmpty ? "nothing" : `${description.length} characters`,
      allowed: `1 to ${most.description} characters`,
      fix: "say what the secret gives access to and who issues a new one",
    }),
    ...unless(readers.length > 0, {
      argument: `${argument}.readers`,
      given: "none",
      allowed: "the ARN of one role or more",
      fix: "name the role of the workload that needs it; a secret without readers is not needed",
    }),
    ...wrong.map((reader) => ({
      argument: `${argument}.readers`,
      given: `"${reader}"`,
      allowed:
        "arn:aws:iam::<account>:role/<name>; a * only for the suffix that Pulumi gives a role below a path",
      fix: "name the role itself, not a session and not a user",
    })),
  ];
}

/**
 * The ARN of a role, or of a role of another program except for its random suffix. The suffix may be open only below a
 * path, because only one deploy role can create roles below that path.
 */
function isRoleArn(text: string): boolean {
  return /^arn:aws:iam::\d{12}:role\/(?:[\w+=,.@/-]+|(?:[\w+=,.@-]+\/)+[\w+=,.@-]+-\*)$/.test(text);
}
