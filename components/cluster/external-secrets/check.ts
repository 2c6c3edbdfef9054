import type { Problem } from "../../base/core/index.ts";
import type { ExternalSecretsArgs } from "./args.ts";

/** Everything wrong with the arguments of the block. */
export function externalSecretsProblems({
  secretNames,
  key,
}: Pick<ExternalSecretsArgs, "secretNames" | "key">): Problem[] {
  const problems: Problem[] = [];
  if (secretNames.length === 0) {
    problems.push({
      argument: "secretNames",
      given: "none",
      allowed: "one name or more",
      fix: "leave the block out where no pod needs a secret",
    });
  }
  for (const name of secretNames) {
    if (/^[A-Za-z0-9/_+=.@-]{1,505}$/.test(name)) continue;
    problems.push({
      argument: "secretNames",
      given: `"${name}"`,
      allowed: "the name of one secret: letters, digits and /_+=.@-, without *",
      fix: "write the name that the secret has in Secrets Manager, not its ARN",
    });
  }
  if ("alias" in key && !/^alias\/[a-z0-9/_-]+$/.test(key.alias)) {
    problems.push({
      argument: "key.alias",
      given: `"${key.alias}"`,
      allowed: "alias/<name>, without *",
      fix: "write the alias of the one key that encrypts the copies",
    });
  }
  return problems;
}
